import { createHmac } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { countsOf } from './calls.ts'
import { once, type Call } from './load.ts'
import { middleAndEnd } from './print.ts'
import { ACCOUNT_SECRET, PROVIDER_SETTINGS } from './provider-settings.ts'
import type { BenchServer } from './runtime.ts'
import { openTill, type OpenPayment, type Till } from './till.ts'

export interface Rain {
  perSecond: number
  seconds: number
}

/** Every third payment is told of a second time, so much later. */
const AGAIN_AFTER_PAYMENTS = 20
const SETTING_UP_AT_ONCE = 20
/** By then every look-up that a webhook led to is over. */
const SETTLED_MS = 3_000

interface Sender {
  who: string
  /** Leaves a payment as it stands while the guest has yet to transfer or to pay. */
  prepare(till: Till, guest: number): Promise<OpenPayment>
  tell(payment: OpenPayment, again: boolean): Call
}

const post = (
  provider: 'toss' | 'stripe',
  body: string,
  headers: Record<string, string>,
): Call => ({
  path: `/api/v1/payments/webhook/${provider}`,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
})

/** Of one deposit Toss sends both kinds, where a shop has asked for both (docs: en/webhooks). */
const TOSS: Sender = {
  who: 'Toss',
  async prepare(till, guest) {
    const payment = await till.open(await till.place('VIRTUAL_ACCOUNT', guest))
    await till.confirm(payment)
    return payment
  },
  tell({ paymentId: orderId, providerKey: paymentKey }, again) {
    const createdAt = '2026-11-20T12:00:00.000000'
    const callback = { createdAt, secret: ACCOUNT_SECRET, status: 'DONE', orderId }
    const changed = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt,
      data: { orderId, paymentKey, status: 'DONE' },
    }
    return post('toss', JSON.stringify(again ? callback : changed), {})
  },
}

const STRIPE: Sender = {
  who: 'Stripe',
  prepare: async (till, guest) => till.open(await till.place('STRIPE', guest)),
  tell({ paymentId, providerKey: id }) {
    const object = { object: 'payment_intent', id, metadata: { payment_id: paymentId } }
    const body = JSON.stringify({
      id: `evt_${id}`,
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object },
    })
    const at = Math.floor(Date.now() / 1_000)
    const signature = createHmac('sha256', PROVIDER_SETTINGS.STRIPE_WEBHOOK_SECRET)
      .update(`${at}.${body}`)
      .digest('hex')
    return post('stripe', body, { 'stripe-signature': `t=${at},v1=${signature}` })
  },
}

/** One restaurant under providers' webhooks at a fixed rate; throws when one was lost. */
export async function rainWebhooks(server: BenchServer, rain: Rain): Promise<void> {
  for (const sender of [TOSS, STRIPE]) await rainOf(server, sender, rain)
}

async function rainOf(server: BenchServer, sender: Sender, { perSecond, seconds }: Rain) {
  const { origin } = server
  const till = await openTill(server)
  const provider = (behaviour: object) =>
    fetch(`${origin}/bench/provider`, { method: 'POST', body: JSON.stringify(behaviour) })
  const webhooks = perSecond * seconds
  await provider({ everybodyPaid: false })
  const payments = await atOnce(Math.ceil((webhooks * 3) / 4), (n) => sender.prepare(till, n))
  const early = (await atOnce(payments.length, (n) => till.isPaid(payments[n]!))).filter(Boolean)
  if (early.length > 0) throw new Error(`${early.length} orders were paid before anybody paid`)
  await provider({ everybodyPaid: true })
  const counts = countsOf(origin)
  await counts()
  const calls = inTurn(payments, webhooks).map(
    ({ payment, again }) =>
      () =>
        sender.tell(payment, again),
  )
  const { times, failed, lateMs } = await atFixedRate(origin, perSecond, calls)
  await pause(SETTLED_MS)
  const asked = await counts('?stop')
  const paid = (await atOnce(payments.length, (n) => till.isPaid(payments[n]!))).filter(Boolean)
  await provider({ everybodyPaid: false })
  console.log(
    `webhooks of ${sender.who} for one restaurant, ${perSecond} a second for ${seconds} s, every fourth a repeat\n` +
      `  ${times.length} answered 2xx, ${failed.length} not (aim 0)   ${middleAndEnd(times)}   sent ` +
      `${lateMs.toFixed(0)} ms late at most\n  ${paid.length} of ${payments.length} orders paid, once each ` +
      `(aim all); ${asked.provider} calls of the provider, ${asked.report} reports`,
  )
  if (failed.length > 0) throw new Error(`webhooks were not taken: ${failed[0] ?? ''}`)
  if (paid.length < payments.length) throw new Error('a payment was not settled')
}

/** In the order of their sending; a repeat follows its payment's first some payments later. */
function inTurn(payments: readonly OpenPayment[], most: number) {
  const firsts = payments.map((payment, at) => ({ payment, again: false, at }))
  const repeats = firsts
    .filter(({ at }) => at % 3 === 0)
    .map(({ payment, at }) => ({ payment, again: true, at: at + AGAIN_AFTER_PAYMENTS + 0.5 }))
  return [...firsts, ...repeats].sort((a, b) => a.at - b.at).slice(0, most)
}

/**
 * Each at its time, whatever became of those before: waiting for an answer counts from when the
 * webhook was due, and none is held back by a slow one.
 */
async function atFixedRate(origin: string, perSecond: number, calls: readonly (() => Call)[]) {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  const failed: string[] = []
  let lateMs = 0
  const startedAt = performance.now()
  await Promise.all(
    calls.map(async (call, n) => {
      const due = startedAt + (n * 1_000) / perSecond
      await pause(Math.max(0, due - performance.now()))
      lateMs = Math.max(lateMs, performance.now() - due)
      try {
        await once(origin, agent, call(), 200)
        times.push(performance.now() - due)
      } catch (error) {
        failed.push(error instanceof Error ? error.message : String(error))
      }
    }),
  )
  agent.destroy()
  return { times: times.sort((a, b) => a - b), failed, lateMs }
}

/** Results of `count` pieces of work in their order, some of them at a time. */
async function atOnce<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) done[n] = await work(n)
  }
  await Promise.all(Array.from({ length: SETTING_UP_AT_ONCE }, worker))
  return done
}
