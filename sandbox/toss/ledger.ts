import { expired, lapsesAt, type SandboxPayment } from './payment.ts'
import { kstWithoutOffset, paymentView, type PaymentView } from './payment-view.ts'
import type { FaultBook } from './faults.ts'
import type { TossStore } from './store.ts'

export interface WebhookBody {
  eventType: 'PAYMENT_STATUS_CHANGED'
  createdAt: string
  data: PaymentView
}

export interface LedgerOptions {
  store: TossStore
  /** The sandbox's clock, milliseconds. */
  now: () => number
  faults: FaultBook
  /** Takes one delivery over; `delayMs` is counted by the sandbox's clock. */
  sendWebhook: (body: WebhookBody, delayMs: number) => void
  checkoutUrl: (paymentKey: string) => string
}

/** How long after DONE a merchant once saw ABORTED for the same payment. */
const STALE_AFTER_MS = 45

/** The payments with their timers run out and their webhooks sent. */
export function createLedger({ store, now, faults, sendWebhook, checkoutUrl }: LedgerOptions) {
  const view = (payment: SandboxPayment) => paymentView(payment, checkoutUrl(payment.paymentKey))

  const announce = (payment: SandboxPayment) => {
    const fault = faults.take('webhook', payment.status)
    if (fault.lose_webhook) return
    const body: WebhookBody = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: kstWithoutOffset(now()),
      data: view(payment),
    }
    const delayMs = fault.late_webhook_ms ?? 0
    sendWebhook(body, delayMs)
    if (fault.twice) sendWebhook(body, delayMs)
    if (fault.stale_webhook) {
      sendWebhook({ ...body, data: { ...body.data, status: 'ABORTED' } }, delayMs + STALE_AFTER_MS)
    }
  }

  const save = (payment: SandboxPayment) => {
    store.put(payment)
    announce(payment)
    return payment
  }

  const settle = (payment: SandboxPayment | null) => {
    const lapses = payment && lapsesAt(payment)
    return payment && lapses !== null && lapses <= now() ? save(expired(payment)) : payment
  }

  return {
    view,
    save,
    find: (paymentKey: string) => settle(store.get(paymentKey)),
    findByOrder: (merchant: string, orderId: string) =>
      settle(store.findByOrder(merchant, orderId)),
    list: (limit: number) => store.list(limit).map((payment) => settle(payment) ?? payment),
    /** Opens without a webhook: the shop has the answer in its hand. */
    open: (payment: SandboxPayment) => {
      store.put(payment)
      return payment
    },
    /** Sends a payment's present state again, past all faults. */
    resend(payment: SandboxPayment, times: number) {
      for (let count = 0; count < times; count += 1) {
        sendWebhook(
          {
            eventType: 'PAYMENT_STATUS_CHANGED',
            createdAt: kstWithoutOffset(now()),
            data: view(payment),
          },
          0,
        )
      }
    },
    /** Lets lapse what is due, and says when the next one will be. */
    sweep(): number | null {
      store.lapsed(now()).forEach(settle)
      return store.nextLapse()
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>
