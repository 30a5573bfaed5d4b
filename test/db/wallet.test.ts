import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accountWith,
  creditBack,
  debit,
  givePoints,
  ledgerOf,
  NOW,
  paymentOf,
  platformId,
  voidDebit,
  wallets,
} from '../support/wallets.ts'

const many = (count: number) => Array.from({ length: count }, (_, n) => n)

describe('a wallet', () => {
  it('holds nothing until points are charged, and then those', async () => {
    const userId = await accountWith(0)
    expect(await wallets.balanceOf(userId)).toBe(0)
    await givePoints(userId, 5_000)
    await givePoints(userId, 700)
    expect(await wallets.balanceOf(userId)).toBe(5_700)
    expect(await ledgerOf(userId)).toMatchObject([
      { type: 'ADD', cause: 'CASH', amount: 5_000, balanceAfter: 5_000 },
      { type: 'ADD', cause: 'CASH', amount: 700, balanceAfter: 5_700 },
    ])
  })

  it('pays an order once, however often it is asked', async () => {
    const userId = await accountWith(5_000)
    const payment = paymentOf(userId, 3_000)
    const first = await debit(payment)
    expect(first).toMatchObject({ kind: 'debited', entry: { amount: 3_000, balanceAfter: 2_000 } })
    // Less than the amount is left: the repeat is answered by what was done all the same.
    expect(await debit(payment)).toEqual(first)
    expect(await wallets.balanceOf(userId)).toBe(2_000)
  })

  it.each([
    ['too few points', 1_000],
    ['no wallet', 0],
  ])('pays nothing with %s', async (_, points) => {
    const userId = await accountWith(points)
    expect(await debit(paymentOf(userId, 1_001))).toEqual({ kind: 'insufficient', balance: points })
    expect(await wallets.balanceOf(userId)).toBe(points)
  })

  it('never pays what was called off before', async () => {
    const userId = await accountWith(5_000)
    const payment = paymentOf(userId, 3_000)
    expect(await voidDebit(payment)).toMatchObject({ type: 'VOID', amount: 0 })
    expect(await debit(payment)).toEqual({ kind: 'voided' })
    expect(await wallets.balanceOf(userId)).toBe(5_000)
    expect(await ledgerOf(userId)).toHaveLength(1)
  })

  it('says what was paid to who calls it off afterwards', async () => {
    const userId = await accountWith(5_000)
    const payment = paymentOf(userId, 3_000)
    await debit(payment)
    expect(await voidDebit(payment)).toMatchObject({ type: 'DEDUCT', amount: 3_000 })
    expect(await wallets.balanceOf(userId)).toBe(2_000)
  })

  it('gets an order back in parts, each once, and never more than it paid', async () => {
    const userId = await accountWith(5_000)
    const payment = paymentOf(userId, 3_000)
    expect(await creditBack(payment, 1)).toBeNull()
    await debit(payment)
    const first = await creditBack(payment, 2_000, 'refund-1')
    expect(first).toMatchObject({ type: 'ADD', cause: 'ORDER_REFUND', orderId: payment.orderId })
    expect(await creditBack(payment, 2_000, 'refund-1')).toEqual(first)
    expect(await creditBack(payment, 1_001)).toBeNull()
    expect(await creditBack(payment, 1_000)).not.toBeNull()
    expect(await wallets.balanceOf(userId)).toBe(5_000)
  })

  it('is emptied by as many of those who ask at once as it can pay', async () => {
    const userId = await accountWith(10_000)
    const outcomes = await Promise.all(many(20).map(() => debit(paymentOf(userId, 1_500))))
    expect(outcomes.filter(({ kind }) => kind === 'debited')).toHaveLength(6)
    expect(await wallets.balanceOf(userId)).toBe(1_000)
  })

  it('shows its movements newest first, in pages', async () => {
    const userId = await accountWith(100)
    for (const amount of [1, 2, 3]) await debit(paymentOf(userId, amount))
    const first = await wallets.page(userId, { limit: 2, beforeId: null })
    const second = await wallets.page(userId, { limit: 9, beforeId: first[1]!.id })
    expect([...first, ...second].map(({ amount }) => amount)).toEqual([3, 2, 1, 100])
  })

  it("shows nothing behind an entry of somebody else's", async () => {
    const [mine, other] = [await accountWith(100), await accountWith(100)]
    const [entry] = await ledgerOf(other)
    expect(await wallets.page(mine, { limit: 9, beforeId: entry!.id })).toEqual([])
  })
})

describe('the ledger', () => {
  const insert = (userId: string | null, values: string) =>
    env.DB.prepare(
      `INSERT INTO wallet_entries (id, user_id, leg, created_at, type, cause, amount, balance_after)
       VALUES (?1, ?2, ?1, ?3, ${values})`,
    ).bind(platformId(), userId, NOW)
  const raised = (userId: string) =>
    env.DB.prepare(`UPDATE wallets SET balance = balance + 1 WHERE user_id = ?`).bind(userId)

  it.each([
    ['a balance below zero', `'DEDUCT', 'ORDER', 1, -1`],
    ['a movement of nothing', `'ADD', 'CASH', 0, 1000`],
    ['a void that moves something', `'VOID', 'ORDER_VOID', 1, 1000`],
  ])('takes no %s: the whole batch is undone', async (_, values) => {
    const userId = await accountWith(1_000)
    await expect(env.DB.batch([raised(userId), insert(userId, values)])).rejects.toThrow(/CHECK/)
    expect(await wallets.balanceOf(userId)).toBe(1_000)
  })

  it('takes no movement of nobody', async () => {
    await expect(insert(null, `'ADD', 'CASH', 1, 1`).run()).rejects.toThrow(/CHECK/)
  })

  it('tells which wallets are not the sum of their movements', async () => {
    const userId = await accountWith(1_000)
    expect(await wallets.differences(10)).toEqual([])
    await raised(userId).run()
    expect(await wallets.differences(10)).toEqual([{ userId, balance: 1_001, ledger: 1_000 }])
    await env.DB.prepare('UPDATE wallets SET balance = 1000 WHERE user_id = ?').bind(userId).run()
  })
})

describe('after any history', () => {
  const step = fc.record({
    what: fc.constantFrom('debit', 'void', 'refund'),
    payment: fc.nat(4),
    part: fc.integer({ min: 1, max: 900 }),
    refund: fc.nat(3),
  })

  it('a wallet is the sum of its entries and never was below zero', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, atOnce) => {
        const userId = await accountWith(2_000)
        const payments = [300, 500, 700, 900, 1_100].map((amount) => paymentOf(userId, amount))
        const take = async ({ what, payment: n, part, refund }: (typeof steps)[number]) => {
          const payment = payments[n]!
          if (what === 'debit') await debit(payment)
          if (what === 'void') await voidDebit(payment)
          if (what === 'refund') await creditBack(payment, part, `${payment.paymentId}-${refund}`)
        }
        if (atOnce) await Promise.all(steps.map(take))
        else for (const one of steps) await take(one)

        const ledger = await ledgerOf(userId)
        let balance = 0
        for (const { type, amount, balanceAfter } of ledger) {
          balance += type === 'ADD' ? amount : -amount
          expect(balanceAfter).toBe(balance)
          expect(balance).toBeGreaterThanOrEqual(0)
        }
        expect(await wallets.balanceOf(userId)).toBe(balance)
        for (const { paymentId, amount } of payments) {
          const [first, ...back] = await wallets.ofPayment(paymentId)
          const returned = back.reduce((sum, entry) => sum + entry.amount, 0)
          expect(returned).toBeLessThanOrEqual(first?.type === 'DEDUCT' ? amount : 0)
        }
        expect(await wallets.differences(10)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})
