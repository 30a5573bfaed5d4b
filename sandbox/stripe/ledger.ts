import type { StripeFaults } from './faults.ts'
import type {
  Card,
  Charge,
  Dispute,
  DisputeStatus,
  Intent,
  Metadata,
  PaymentError,
  Refund,
  RefundStatus,
  StripeObject,
} from './objects.ts'
import type { StripeStore } from './store.ts'

export interface LedgerOptions {
  store: StripeStore
  /** The sandbox's clock, milliseconds. */
  now: () => number
  random: (length: number) => Uint8Array
  faults: StripeFaults
  /** Takes one event over, as the text to be signed; `delayMs` is counted by the sandbox's clock. */
  sendWebhook: (event: { account: string; body: string }, delayMs: number) => void
  /** Where a bank asks the buyer to prove himself. */
  authenticateUrl: (intentId: string) => string
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const API_VERSION = '2026-08-26.dahlia'

const DECLINED: PaymentError = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
}
const NOT_PROVED: PaymentError = {
  type: 'invalid_request_error',
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method.',
}
const BANK_REFUSED: PaymentError = {
  type: 'card_error',
  code: 'payment_method_provider_decline',
  message: 'The bank refused the payment.',
}

/** What happens to intents, charges, refunds and disputes, and the events that tell of it. */
export function createStripeLedger(options: LedgerOptions) {
  const { store, now, random, faults } = options
  const seconds = () => Math.floor(now() / 1_000)
  const id = (prefix: string) =>
    `${prefix}_${Array.from(random(24), (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`

  function tell(account: string, type: string, object: StripeObject): void {
    const fault = faults.take('webhook')
    if (fault.lose_webhook) return
    const event = {
      id: id('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: seconds(),
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    }
    const delivery = { account, body: JSON.stringify(event, null, 2) }
    const delayMs = fault.late_webhook_ms ?? 0
    options.sendWebhook(delivery, delayMs)
    if (fault.twice) options.sendWebhook(delivery, delayMs)
  }

  function save<T extends StripeObject>(account: string, object: T, event?: string): T {
    store.put(account, object)
    if (event !== undefined) tell(account, event, object)
    return object
  }

  function succeed(account: string, intent: Intent, card: string): Intent {
    const charge: Charge = {
      id: id('ch'),
      object: 'charge',
      amount: intent.amount,
      amount_captured: intent.amount,
      amount_refunded: 0,
      captured: true,
      created: seconds(),
      currency: intent.currency,
      disputed: false,
      livemode: false,
      metadata: intent.metadata,
      paid: true,
      payment_intent: intent.id,
      payment_method: card,
      refunded: false,
      status: 'succeeded',
    }
    save(account, charge, 'charge.succeeded')
    const paid: Intent = {
      ...intent,
      status: 'succeeded',
      amount_received: intent.amount,
      latest_charge: charge.id,
      last_payment_error: null,
      next_action: null,
      payment_method: card,
    }
    save(account, paid, 'payment_intent.succeeded')
    if (card === 'pm_card_createDispute') dispute(account, charge)
    return paid
  }

  const fail = (account: string, intent: Intent, error: PaymentError): Intent =>
    save(
      account,
      {
        ...intent,
        status: 'requires_payment_method',
        last_payment_error: error,
        next_action: null,
        payment_method: null,
      },
      'payment_intent.payment_failed',
    )

  function confirm(account: string, intent: Intent, card: Card, returnUrl: string): Intent {
    if (card === 'pm_card_visa_chargeDeclined') return fail(account, intent, DECLINED)
    if (card === 'pm_usBankAccount') {
      const processed: Intent = { ...intent, status: 'processing', payment_method: card }
      return save(account, processed, 'payment_intent.processing')
    }
    if (card === 'pm_card_authenticationRequired') {
      const redirect = { url: options.authenticateUrl(intent.id), return_url: returnUrl }
      const waiting: Intent = {
        ...intent,
        status: 'requires_action',
        payment_method: card,
        next_action: { type: 'redirect_to_url', redirect_to_url: redirect },
      }
      return save(account, waiting, 'payment_intent.requires_action')
    }
    return succeed(account, intent, card)
  }

  function dispute(account: string, charge: Charge): Dispute {
    save(account, { ...charge, disputed: true }, 'charge.updated')
    const raised: Dispute = {
      id: id('du'),
      object: 'dispute',
      amount: charge.amount,
      charge: charge.id,
      created: seconds(),
      currency: charge.currency,
      livemode: false,
      metadata: {},
      payment_intent: charge.payment_intent,
      reason: 'fraudulent',
      status: 'needs_response',
    }
    return save(account, raised, 'charge.dispute.created')
  }

  const refundsOf = (account: string, intentId: string): Refund[] =>
    store.list('refund', account, intentId)
  const isAlive = ({ status }: Refund): boolean => status === 'succeeded' || status === 'pending'
  const left = (account: string, charge: Charge): number =>
    refundsOf(account, charge.payment_intent)
      .filter(isAlive)
      .reduce((rest, { amount }) => rest - amount, charge.amount)

  function recount(account: string, charge: Charge, event?: string): void {
    const amount_refunded = charge.amount - left(account, charge)
    const refunded = amount_refunded === charge.amount
    save(account, { ...charge, amount_refunded, refunded }, event)
  }

  function refund(
    account: string,
    charge: Charge,
    wish: { amount: number; reason: string | null; metadata: Metadata },
  ): Refund {
    const pending = charge.payment_method === 'pm_card_pendingRefund'
    const made: Refund = {
      id: id('re'),
      object: 'refund',
      charge: charge.id,
      created: seconds(),
      currency: charge.currency,
      payment_intent: charge.payment_intent,
      status: pending ? 'pending' : 'succeeded',
      ...wish,
    }
    save(account, made, 'refund.created')
    recount(account, charge, 'charge.refunded')
    return made
  }

  return {
    id,
    seconds,
    save,
    left,
    confirm,
    refund,
    dispute,
    open: (account: string, intent: Intent): Intent => save(account, intent),
    cancel: (account: string, intent: Intent, reason: string | null): Intent =>
      save(
        account,
        {
          ...intent,
          status: 'canceled',
          canceled_at: seconds(),
          cancellation_reason: reason,
          next_action: null,
        },
        'payment_intent.canceled',
      ),
    /** The buyer proved himself at the bank, or could not. */
    authenticate: (account: string, intent: Intent, proved: boolean): Intent =>
      proved
        ? succeed(account, intent, intent.payment_method ?? 'pm_card_visa')
        : fail(account, intent, NOT_PROVED),
    /** What was being processed comes to its end. */
    process: (account: string, intent: Intent, ends: 'succeeds' | 'fails'): Intent =>
      ends === 'succeeds'
        ? succeed(account, intent, intent.payment_method ?? 'pm_usBankAccount')
        : fail(account, intent, BANK_REFUSED),
    /** A refund that was pending, or called done, comes to another end. */
    endRefund(account: string, made: Refund, status: RefundStatus): Refund {
      const ended: Refund = {
        ...made,
        status,
        ...(status === 'failed' && { failure_reason: 'lost_or_stolen_card' }),
      }
      save(account, ended, status === 'failed' ? 'refund.failed' : 'refund.updated')
      const found = store.get('charge', made.charge)
      if (found !== null) recount(account, found.object)
      return ended
    },
    endDispute: (account: string, raised: Dispute, status: DisputeStatus): Dispute =>
      save(account, { ...raised, status }, 'charge.dispute.closed'),
    tell,
  }
}

export type StripeLedger = ReturnType<typeof createStripeLedger>
