import { Hono } from 'hono'
import { createStripeApi } from './api.ts'
import { wrong } from './answers.ts'
import { authenticate, createStripeBrowser } from './browser.ts'
import type { StripeFaults } from './faults.ts'
import { createStripeLedger, type LedgerOptions } from './ledger.ts'
import type { Card, Dispute, DisputeStatus, Intent, Refund, RefundStatus } from './objects.ts'
import type { StripeStore } from './store.ts'

export interface StripeSandboxOptions {
  store: StripeStore
  /** The sandbox's clock, milliseconds. */
  now: () => number
  random: (length: number) => Uint8Array
  sendWebhook: LedgerOptions['sendWebhook']
  faults: StripeFaults
  /** Origin of the addresses that browsers are sent to. */
  origin?: string
  /** Real waiting, for the `slow_ms` fault. */
  wait?: (ms: number) => Promise<void>
}

/** Stripe, played under `/stripe`: for the sandbox Worker and for tests in one isolate. */
export function createStripeSandbox(options: StripeSandboxOptions) {
  const { store, now, random, faults, sendWebhook } = options
  const origin = options.origin ?? 'http://127.0.0.1:8788'
  const wait =
    options.wait ?? ((ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)))
  const ledger = createStripeLedger({
    store,
    now,
    random,
    faults,
    sendWebhook,
    authenticateUrl: (id) => `${origin}/stripe/authenticate/${id}`,
  })
  const app = new Hono()
    .route('/stripe', createStripeBrowser(store, ledger))
    .route('/stripe', createStripeApi({ store, ledger, faults, now, wait }))
    .notFound((c) => {
      const { status, body } = wrong(404, { message: 'Unrecognized request URL.' })
      return c.body(body, status as 404, { 'content-type': 'application/json' })
    })
  const intentOf = (id: string) => store.get('payment_intent', id)

  return {
    fetch: async (request: Request): Promise<Response> => app.fetch(request),
    intents: (): Intent[] => store.list('payment_intent', null),
    intent: (id: string): Intent | null => intentOf(id)?.object ?? null,
    refunds: (intentId: string): Refund[] => store.list('refund', null, intentId),
    disputes: (intentId: string): Dispute[] => store.list('dispute', null, intentId),
    /** The buyer pays with a card, as a browser would have him; null: not in this state. */
    pay(id: string, card: Card = 'pm_card_visa', returnUrl = `${origin}/`): Intent | null {
      const found = intentOf(id)
      return found?.object.status === 'requires_payment_method'
        ? ledger.confirm(found.account, found.object, card, returnUrl)
        : null
    },
    /** The buyer's answer at his bank; where the browser goes. */
    authenticate: (id: string, proved: boolean) => authenticate(store, ledger, id, proved),
    /** What the bank was processing comes to its end. */
    process(id: string, ends: 'succeeds' | 'fails'): Intent | null {
      const found = intentOf(id)
      return found?.object.status === 'processing'
        ? ledger.process(found.account, found.object, ends)
        : null
    },
    /** Somebody refunds in Stripe's own dashboard: no mark of ours is on it. */
    deskRefund(id: string, amount: number): Refund | null {
      const found = intentOf(id)
      const chargeId = found?.object.latest_charge ?? null
      const charge = chargeId === null ? null : store.get('charge', chargeId)
      if (found === null || charge === null) return null
      if (ledger.left(found.account, charge.object) < amount) return null
      return ledger.refund(found.account, charge.object, { amount, reason: null, metadata: {} })
    },
    endRefund(refundId: string, status: RefundStatus): Refund | null {
      const found = store.get('refund', refundId)
      return found === null ? null : ledger.endRefund(found.account, found.object, status)
    },
    dispute(id: string): Dispute | null {
      const found = intentOf(id)
      const chargeId = found?.object.latest_charge ?? null
      const charge = chargeId === null ? null : store.get('charge', chargeId)
      return charge === null ? null : ledger.dispute(charge.account, charge.object)
    },
    endDispute(disputeId: string, status: DisputeStatus): Dispute | null {
      const found = store.get('dispute', disputeId)
      return found === null ? null : ledger.endDispute(found.account, found.object, status)
    },
    /** Tells of the intent as it is now, once more. */
    resend(id: string, type = 'payment_intent.succeeded'): boolean {
      const found = intentOf(id)
      if (found === null) return false
      ledger.tell(found.account, type, found.object)
      return true
    },
  }
}

export type StripeSandbox = ReturnType<typeof createStripeSandbox>
