import type { z } from '@hono/zod-openapi'
import type {
  balanceSchema,
  chargeSchema,
  entrySchema,
  pointsRefundSchema,
} from '../../src/http/schemas/wallet.ts'
import { member, type Member } from './story-people.ts'
import { expectStatus, openPlace, type ListBody } from './story-restaurant.ts'
import { openStory } from './story.ts'
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
