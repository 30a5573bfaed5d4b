import { Hono } from 'hono'
import { createApi } from './api.ts'
import { click, createCheckout, type Action, type Click } from './checkout.ts'
import { createDesk, type Desk } from './desk.ts'
import type { FaultBook } from './faults.ts'
import { createLedger, type LedgerOptions } from './ledger.ts'
import type { SandboxPayment } from './payment.ts'
import type { PaymentView } from './payment-view.ts'
import type { TossStore } from './store.ts'

export interface TossSandboxOptions {
  store: TossStore
  /** The sandbox's clock, milliseconds. */
  now: () => number
  random: (length: number) => Uint8Array
  /** Takes one delivery over; `delayMs` is counted by the sandbox's clock. */
  sendWebhook: LedgerOptions['sendWebhook']
  faults: FaultBook
  /** Origin of the checkout's address. */
  origin?: string
  /** Real waiting, for the `slow_ms` fault. */
  wait?: (ms: number) => Promise<void>
}

export interface TossSandbox {
  fetch(request: Request): Promise<Response>
  /** Presses a button of the checkout page. */
  click(paymentKey: string, action: Action): Click
  /** What banks do, and people at the provider's own desk. */
  desk: Desk
  /** Sends the payment's present state again; false when there is no such payment. */
  resend(paymentKey: string, times: number): boolean
  payments(limit: number): PaymentView[]
  find(paymentKey: string): SandboxPayment | null
  /** Lets lapse what is due; when the next payment lapses, or null. */
  sweep(): number | null
}

/** Toss Payments, played under `/toss`: for the sandbox Worker and for tests in one isolate. */
export function createTossSandbox(options: TossSandboxOptions): TossSandbox {
  const { store, now, random, faults, sendWebhook } = options
  const origin = options.origin ?? 'http://127.0.0.1:8788'
  const wait =
    options.wait ?? ((ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)))
  const ledger = createLedger({
    store,
    now,
    faults,
    sendWebhook,
    checkoutUrl: (paymentKey) => `${origin}/toss/v1/payments/${paymentKey}/checkout`,
  })
  const desk = createDesk({ ledger, now, random })
  const app = new Hono()
    .route('/toss', createCheckout(ledger, desk, now))
    .route('/toss', createApi({ store, ledger, faults, now, random, wait }))
    .notFound((c) => c.json({ code: 'NOT_FOUND', message: '존재하지 않는 주소입니다.' }, 404))

  return {
    fetch: async (request) => app.fetch(request),
    desk,
    click: (paymentKey, action) => click(ledger, now(), paymentKey, action),
    resend(paymentKey, times) {
      const payment = ledger.find(paymentKey)
      if (payment) ledger.resend(payment, times)
      return payment !== null
    },
    payments: (limit) => ledger.list(limit).map(ledger.view),
    find: ledger.find,
    sweep: () => ledger.sweep(),
  }
}
