import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createReconciledBooks } from '../../src/db/repositories/reconciled-books.ts'
import { walletDifferences } from '../../src/domain/reconciliation/ledger.ts'
import {
  atProvider,
  authenticated,
  balanceOf,
  charged,
  chargeNow,
  movementsOf,
  turnBack,
  withPoints,
  type PointsRefundBody,
  type PointsStory,
} from '../support/points-story.ts'
import { expectStatus, type ListBody } from '../support/story-restaurant.ts'
import { MINUTE } from '../support/story.ts'

const books = createReconciledBooks(env.DB)

/** What a reconciliation says of the wallet, as `WALLET_CHARGES 20000 30000`. */
async function differencesOf({ userId }: PointsStory['customer']): Promise<string[]> {
  const sums = await books.wallets({ after: null, since: 0, limit: 1_000 })
  return walletDifferences(sums.find((wallet) => wallet.userId === userId)!).map(
    ({ kind, expected, actual }) => `${kind} ${expected} ${actual}`,
  )
}

/** 30,000 points were bought; then the provider's own desk pays some of the money back. */
async function withDeskRefund(amount: number) {
  const world = await withPoints(0)
  const bought = await charged(world)
  const atDesk = (more: number) =>
    world.story.toss.sandbox.desk.refund(bought.payment_key ?? '', more)
  expect(atDesk(amount).kind).toBe('done')
  const refunds = async () => {
    const { body } = await world.customer.get<ListBody<PointsRefundBody>>('/wallet/refunds')
    return body.items.map(({ status, parts }) => [
      status,
      ...parts.map((part) => `${part.amount} ${part.status}`),
    ])
  }
  return { ...world, bought, atDesk, refunds }
}

/** The money is there, nobody here knows, and the desk pays some of it back. */
async function refundedBeforeCredit(amount: number) {
  const world = await withPoints(0)
  const { confirmation, charged: opened } = await authenticated(world)
  const { toss } = world.story
  toss.fault({ operation: 'webhook', lose_webhook: true })
  toss.fault({ operation: 'confirm', fail_after: 500, times: 1 })
  await world.customer.post('/payments/confirm', confirmation)
  toss.sandbox.desk.refund(opened.payment_key ?? '', amount)
  await world.story.passes(MINUTE)
  await world.story.cron()
  return { ...world, opened }
}

describe("a charge that was paid back at the provider's own desk", () => {
  it('is not paid back a second time: its points are taken, and nobody owes anything', async () => {
    const { customer, refunds } = await withDeskRefund(30_000)
    expect(expectStatus(await turnBack(customer, 30_000), 201).status).toBe('DONE')
    expect(await refunds()).toEqual([['DONE', '30000 DROPPED']])
    expect(await movementsOf(customer)).toEqual(['+30000 CHARGE', '-30000 CHARGE_REFUND'])
    expect(await differencesOf(customer)).toEqual([])
  })

  it('in part has the rest paid back', async () => {
    const { story, customer, bought, refunds } = await withDeskRefund(10_000)
    expect(expectStatus(await turnBack(customer, 30_000), 201).status).toBe('REQUESTED')
    expect(await refunds()).toEqual([['REQUESTED', '10000 DROPPED', '20000 REQUESTED']])
    await story.passes(2 * MINUTE)
    await story.cron()
    expect(await refunds()).toEqual([['DONE', '10000 DROPPED', '20000 DONE']])
    expect(atProvider(story, bought)?.balanceAmount).toBe(0)
    expect((await turnBack(customer, 1)).body.error.reason).toBe('INSUFFICIENT_POINTS')
    expect(await differencesOf(customer)).toEqual([])
  })

  it('in part, and in part by us, comes to the same', async () => {
    const { story, customer, bought, refunds } = await withDeskRefund(10_000)
    expectStatus(await turnBack(customer, 20_000), 201)
    await story.passes(1) // Within one millisecond their order in the list is left to chance.
    expectStatus(await turnBack(customer, 10_000), 201)
    expect(await refunds()).toEqual([
      ['DONE', '10000 DROPPED'],
      ['DONE', '20000 DONE'],
    ])
    expect(atProvider(story, bought)?.balanceAmount).toBe(0)
    expect(await differencesOf(customer)).toEqual([])
  })

  it('shows in the log and in a reconciliation while its points are there', async () => {
    const { story, customer, bought, atDesk } = await withDeskRefund(10_000)
    await story.settle()
    expect(await differencesOf(customer)).toEqual(['WALLET_CHARGES 20000 30000'])
    expect(story.world.logged).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        kind: 'charge-refunded-at-desk',
        chargeId: bought.charge_id,
        refundedAmount: 10_000,
      }),
    )
    await story.passes(MINUTE)
    atDesk(5_000)
    await story.settle()
    expect(await differencesOf(customer)).toEqual(['WALLET_CHARGES 15000 30000'])
    expectStatus(await turnBack(customer, 30_000), 201)
    expect(await differencesOf(customer)).toEqual([])
  })

  it('before it counted brings the points of what is left', async () => {
    const { story, customer, opened } = await refundedBeforeCredit(10_000)
    expect((await chargeNow(customer, opened)).status).toBe('COMPLETED')
    expect(await movementsOf(customer)).toEqual(['+20000 CHARGE'])
    expect(await differencesOf(customer)).toEqual([])
    expectStatus(await turnBack(customer, 20_000), 201)
    expect(atProvider(story, opened)?.balanceAmount).toBe(0)
  })

  it('before it counted, wholly, brings none', async () => {
    const { customer, opened } = await refundedBeforeCredit(30_000)
    expect(await chargeNow(customer, opened)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'REFUNDED_AT_PROVIDER' },
    })
    expect(await balanceOf(customer)).toBe(0)
  })
})
