import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { CommandOutcome } from '../../src/domain/commands.ts'
import type { Job } from '../../src/domain/jobs.ts'
import type { PaymentState, RemoteProvider } from '../../src/domain/payment/payment.ts'
import type { PaymentMethod } from '../../src/domain/restaurant/settings.ts'
import { createRestaurants } from '../../src/restaurant/client.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { runJob, type JobDeps } from '../../src/usecases/jobs/run-job.ts'
import { confirmPayment } from '../../src/usecases/payments/confirm-payment.ts'
import { openPayment } from '../../src/usecases/payments/open-payment.ts'
import { takeWebhook } from '../../src/usecases/payments/take-webhook.ts'
import { placeOrder } from '../../src/usecases/orders/place-order.ts'
import { ACCOUNT } from '../support/deposits.ts'
import { keyOf, Till } from '../support/matrix/till.ts'
import { accept, openKitchen } from '../support/ordering.ts'
import { eventsOf, many, sum } from '../support/paying.ts'
import { orderOf, STAFF } from '../support/restaurant.ts'

const TOTAL = 18_000

/** The whole product around one restaurant, over real remote calls, and the outside world's books. */
async function openShop() {
  const kitchen = await openKitchen({
    paymentMethods: ['CARD', 'STRIPE', 'DEPOSIT', 'POINTS'],
    depositAccount: ACCOUNT,
    maxUnpaidPerGuest: 100,
  })
  const till = new Till(kitchen.restaurant.now)
  const running: Promise<void>[] = []
  const restaurants = createRestaurants(env.RESTAURANTS, (jobs) => {
    for (const job of jobs) if (job.kind !== 'publish') running.push(runJob(deps, job))
  })
  const deps = {
    restaurants,
    provider: (of: RemoteProvider) => Promise.resolve(till.provider(of, true)),
    wallets: till.points,
    users: { byId: () => Promise.resolve(null) },
    mail: null,
    log: () => undefined,
    now: kitchen.restaurant.now,
    random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
    toTheEnd: <T>(work: () => Promise<T>) => work(),
  } as unknown as JobDeps & Deps
  const idle = async () => {
    while (running.length > 0) await Promise.all(running.splice(0))
  }
  const run = (jobs: readonly Job[]) => Promise.all(jobs.map((job) => runJob(deps, job)))
  return { ...kitchen, kitchen, till, deps, idle, run }
}
type Shop = Awaited<ReturnType<typeof openShop>>

/** An order whose money the guest has released (card) or paid (Stripe). */
async function readyToPay(shop: Shop, method: PaymentMethod): Promise<PaymentState> {
  const { deps, till, minsu } = shop
  const order = await shop.place(minsu, 1, { paymentMethod: method })
  const opened = await openPayment(deps, {
    orderId: order.id,
    amount: TOTAL,
    method,
    asker: minsu,
    viaLink: false,
    idempotency: null,
    traceId: null,
    returnUrls: { success: '', fail: '' },
  })
  if (!opened.ok) throw new Error(opened.refusal.kind)
  till.authenticate(opened.value.id)
  if (method === 'STRIPE') till.pay(opened.value.id)
  return opened.value
}

const refusals = (outcomes: readonly CommandOutcome[]): string[] =>
  outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.kind]))

/** Paid once, told once, and nothing came twice. */
async function expectPaidOnce(shop: Shop, { id, orderId }: Pick<PaymentState, 'id' | 'orderId'>) {
  const { order, payments, refunds } = await shop.view({ id: orderId })
  expect([order.paymentStatus, order.capturedAmount, refunds.length]).toEqual(['PAID', TOTAL, 0])
  expect(payments.map(({ status }) => status)).toEqual(['CAPTURED'])
  expect(shop.till.captured(id)).toBe(TOTAL)
  expect(await eventsOf(shop.kitchen, 'PAYMENT_COMPLETED')).toHaveLength(1)
}

describe('a hundred that tell of one payment at once', () => {
  it.each(['CARD', 'STRIPE'] as const)(
    'settle it once: fifty browsers and fifty webhooks (%s)',
    async (method) => {
      const shop = await openShop()
      const { deps, minsu, idle } = shop
      const payment = await readyToPay(shop, method)
      const providerKey = keyOf(payment.id)
      const confirm = () =>
        confirmPayment(deps, {
          id: payment.id,
          providerKey,
          amount: TOTAL,
          asker: minsu,
          viaLink: true,
          traceId: null,
        })
      const webhook = () =>
        takeWebhook(deps, { paymentId: payment.id, providerKey, secret: null }, null)
      const [confirmed, noted] = await Promise.all([
        Promise.all(many(50).map(confirm)),
        Promise.all(many(50).map(webhook)),
      ])
      await idle()
      for (const outcome of confirmed)
        if (!outcome.ok) expect(outcome.refusal.kind).toBe('CAPTURING')
      expect(confirmed.some(({ ok }) => ok)).toBe(true)
      expect(noted.every(({ ok }) => ok)).toBe(true)
      const { asked, captures } = shop.till.accounts.get(payment.id)!
      expect(captures).toBe(1)
      // What the guest pays at Stripe itself, a webhook may settle before any browser asks.
      if (method === 'CARD') expect(asked).toBe(1)
      else expect(asked).toBeLessThanOrEqual(1)
      await expectPaidOnce(shop, payment)
    },
  )

  it('settle a deposit once: whoever watches it, its feed and staff', async () => {
    const shop = await openShop()
    const { restaurant, minsu, till } = shop
    const wish = { paymentMethod: 'DEPOSIT', payerName: '김민수' } as const
    const order = await shop.place(minsu, 1, wish)
    const [payment] = (await shop.view(order)).payments
    const { id: paymentId } = payment!
    till.transfers.set(paymentId, TOTAL)
    const line = { payerName: '김민수', amount: TOTAL, receivedAt: restaurant.now() }
    const told = await Promise.all([
      ...many(40).map(() =>
        restaurant.execute(SYSTEM, { type: 'report-deposit', paymentId, amount: null }),
      ),
      ...many(40).map(() =>
        restaurant.execute(SYSTEM, { type: 'note-deposit', traceId: 'trace', ...line }),
      ),
      ...many(20).map(() =>
        restaurant.execute(STAFF, { type: 'report-deposit', paymentId, amount: TOTAL }),
      ),
    ])
    expect(refusals(told)).toEqual([])
    await expectPaidOnce(shop, payment!)
    const deposits = await restaurant.rows('SELECT status FROM deposits')
    expect(deposits).toEqual([{ status: 'MATCHED' }])
  })

  it('take points once: a hundred placings under one key', async () => {
    const shop = await openShop()
    const { restaurant, item, deps, till, idle } = shop
    const asker = { role: 'CUSTOMER', sessionId: 's', userId: crypto.randomUUID(), visit: null }
    const command = orderOf([{ itemId: item.id, quantity: 1 }], { paymentMethod: 'POINTS' })
    const idempotency = { key: 'key', fingerprint: 'f' }
    const envelope = { command, asker: asker as typeof shop.minsu, idempotency, traceId: null }
    const placed = await Promise.all(many(100).map(() => placeOrder(deps, restaurant.id, envelope)))
    await idle()
    expect(refusals(placed)).toEqual([])
    const ids = placed.flatMap((outcome) => (outcome.ok ? [outcome.value.points!.id] : []))
    expect(new Set(ids).size).toBe(1)
    expect(till.points.entries).toHaveLength(1)
    const orderId = placed[0]!.ok ? placed[0]!.value.order.id : ''
    await expectPaidOnce(shop, { id: ids[0]!, orderId })
  })
})

describe('refunds at once', () => {
  it('never go above what was captured, and each is done once however often its job comes', async () => {
    const shop = await openShop()
    const { restaurant, deps, minsu, till, idle } = shop
    const payment = await readyToPay(shop, 'CARD')
    const { id, orderId } = payment
    const wish = { id, providerKey: keyOf(id), amount: TOTAL, asker: minsu, viaLink: true }
    await confirmPayment(deps, { ...wish, traceId: null })
    await restaurant.done(STAFF, accept(orderId))
    const asked = await Promise.all(
      many(20).map(() =>
        restaurant.execute(STAFF, {
          type: 'request-refund',
          orderId,
          amount: TOTAL / 2,
          reason: '식었음',
        }),
      ),
    )
    expect(refusals(asked)).toEqual(many(18).map(() => 'REFUND_TOO_LARGE'))
    const jobs = shop.taken('refund')
    expect(jobs).toHaveLength(2)
    await Promise.all(many(10).map(() => shop.run(jobs)))
    await idle()
    const { order, refunds } = await shop.view({ id: orderId })
    expect([order.paymentStatus, order.refundedAmount]).toEqual(['REFUNDED', TOTAL])
    expect(refunds.map(({ status }) => status)).toEqual(['DONE', 'DONE'])
    expect(sum(refunds.map(({ amount }) => amount))).toBe(TOTAL)
    expect([till.captured(id), till.paidBack(id)]).toEqual([TOTAL, TOTAL])
  })
})
