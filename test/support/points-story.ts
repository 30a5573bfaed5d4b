import type { z } from '@hono/zod-openapi'
import type {
  balanceSchema,
  chargeSchema,
  entrySchema,
  pointsRefundSchema,
} from '../../src/http/schemas/wallet.ts'
import { member, type Member } from './story-people.ts'
import { clickPay, expectStatus, openPlace, type ListBody } from './story-restaurant.ts'
import { openStory, type Story } from './story.ts'
import { givePoints } from './wallets.ts'

export type BalanceBody = z.output<typeof balanceSchema>
export type EntryBody = z.output<typeof entrySchema>
export type ChargeBody = z.output<typeof chargeSchema>
export type PointsRefundBody = z.output<typeof pointsRefundSchema>

/** A restaurant that takes points, and a member with some. One spicy chicken costs 18,500. */
export async function withPoints(points: number, settings: Record<string, unknown> = {}) {
  const story = openStory()
  const place = await openPlace(story, {
    payment_methods: ['CARD', 'POINTS'],
    table_access: 'OPEN',
    ...settings,
  })
  const customer = await member(story)
  if (points > 0) await givePoints(customer.userId, points)
  return { story, place, customer }
}

export type PointsStory = Awaited<ReturnType<typeof withPoints>>

export const balanceOf = async (who: Member): Promise<number> =>
  expectStatus(await who.get<BalanceBody>('/wallet/balance'), 200).balance

/** What moved in the wallet, oldest first: `+18500 CHARGE`. */
export const movementsOf = async (who: Member): Promise<string[]> => {
  const { body } = await who.get<ListBody<EntryBody>>('/wallet/transactions?limit=100')
  return body.items
    .toReversed()
    .map(({ type, amount, cause }) => `${type === 'ADD' ? '+' : '-'}${amount} ${cause}`)
}

export const BY_CARD = { amount: 30_000, payment_method: 'CARD' }

export const charge = (who: Member, body: unknown = BY_CARD, again?: string) =>
  who.post<ChargeBody>(
    `/users/${who.userId}/points/charge`,
    body,
    again === undefined ? {} : { key: again },
  )
export const chargeNow = async (who: Member, { charge_id }: Pick<ChargeBody, 'charge_id'>) =>
  expectStatus(await who.get<ChargeBody>(`/wallet/charges/${charge_id}`), 200)

/** Charged by card; the buyer has pressed "pay" on the provider's page. */
export async function authenticated({ story, customer }: PointsStory) {
  const charged = expectStatus(await charge(customer), 201)
  const { confirmation, successPath } = clickPay(story, { payment_key: charged.payment_key ?? '' })
  const told = {
    eventType: 'PAYMENT_STATUS_CHANGED',
    data: { paymentKey: charged.payment_key, orderId: charged.charge_id, status: 'DONE' },
  }
  return { charged, confirmation, successPath, told }
}

export async function charged(world: PointsStory): Promise<ChargeBody> {
  const { charged: body, confirmation } = await authenticated(world)
  expectStatus(await world.customer.post('/payments/confirm', confirmation), 200)
  return body
}

export const atProvider = (story: Story, { payment_key }: Pick<ChargeBody, 'payment_key'>) =>
  story.toss.sandbox.find(payment_key ?? '')

/** Asks for points to be turned back into money. */
export const turnBack = (who: Member, amount: number, again?: string) =>
  who.post<PointsRefundBody>(
    '/wallet/refunds',
    { amount, reason: '더 이상 쓰지 않음' },
    again === undefined ? {} : { key: again },
  )
