import { expired, lapsesAt, type SandboxPayment, type Status } from './payment.ts'
import { kstWithoutOffset, paymentView, type PaymentView } from './payment-view.ts'
import type { FaultBook } from './faults.ts'
import type { TossStore } from './store.ts'

export interface StatusChanged {
  eventType: 'PAYMENT_STATUS_CHANGED'
  createdAt: string
  data: PaymentView
}

/** Flat, and told apart by having no type. */
export interface DepositCallback {
  createdAt: string
  secret: string
  status: Status
  transactionKey: string | null
  orderId: string
}

export type WebhookBody = StatusChanged | DepositCallback

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

/** An account's issue, deposit and cancellation. */
const CALLED_BACK: readonly Status[] = [
  'WAITING_FOR_DEPOSIT',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
]

/** The payments with their timers run out and their webhooks sent. */
export function createLedger({ store, now, faults, sendWebhook, checkoutUrl }: LedgerOptions) {
  const view = (payment: SandboxPayment) => paymentView(payment, checkoutUrl(payment.paymentKey))

  const statusChanged = (payment: SandboxPayment): StatusChanged => ({
    eventType: 'PAYMENT_STATUS_CHANGED',
    createdAt: kstWithoutOffset(now()),
    data: view(payment),
  })

  /** What a shop hears that has registered both kinds: of an account, everything twice. */
  const bodiesOf = (payment: SandboxPayment): WebhookBody[] => {
    const { secret, status, lastTransactionKey: transactionKey, orderId } = payment
    const both = secret !== null && CALLED_BACK.includes(status)
    const createdAt = kstWithoutOffset(now())
    return [
      statusChanged(payment),
      ...(both ? [{ createdAt, secret, status, transactionKey, orderId }] : []),
    ]
  }

  const announce = (payment: SandboxPayment) => {
    const fault = faults.take('webhook', payment.status)
    if (fault.lose_webhook) return
    const delayMs = fault.late_webhook_ms ?? 0
    const bodies = bodiesOf(payment)
    for (const body of fault.twice ? [...bodies, ...bodies] : bodies) sendWebhook(body, delayMs)
    if (fault.stale_webhook) {
      const { data, ...rest } = statusChanged(payment)
      sendWebhook({ ...rest, data: { ...data, status: 'ABORTED' } }, delayMs + STALE_AFTER_MS)
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
        for (const body of bodiesOf(payment)) sendWebhook(body, 0)
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
