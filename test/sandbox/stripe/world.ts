import { createStripeSandbox } from '../../../sandbox/stripe/app.ts'
import { createStripeFaults, stripeFaultRule } from '../../../sandbox/stripe/faults.ts'
import { signatureOf, webhookSecretOf } from '../../../sandbox/stripe/sign.ts'
import { createMemoryStripeStore } from '../../../sandbox/stripe/store.ts'
import { createStripeProvider } from '../../../src/providers/stripe/stripe-provider.ts'
import type { OpenRequest } from '../../../src/providers/payment-port.ts'

export const STRIPE_ORIGIN = 'http://stripe.test'
export const STRIPE_BASE_URL = `${STRIPE_ORIGIN}/stripe`
/** The account of the deployment in tests. */
export const ACCOUNT = 'ours'
export const STRIPE_SETTINGS = {
  STRIPE_SECRET_KEY: `sk_test_${ACCOUNT}`,
  STRIPE_PUBLISHABLE_KEY: `pk_test_${ACCOUNT}`,
  STRIPE_WEBHOOK_SECRET: webhookSecretOf(ACCOUNT),
  STRIPE_API_BASE_URL: STRIPE_BASE_URL,
  STRIPE_JS_URL: `${STRIPE_BASE_URL}/v3/`,
}

export interface SentEvent {
  account: string
  body: string
}

/** The sandbox in this isolate: its clock is a variable, its webhooks an array. */
export function stripeWorld() {
  const world = {
    now: Date.UTC(2026, 10, 20, 3, 30),
    webhooks: [] as { event: SentEvent; delayMs: number }[],
    asked: [] as { method: string; path: string; key: string | null }[],
    wait: (): Promise<void> => Promise.resolve(),
  }
  const faults = createStripeFaults()
  const sandbox = createStripeSandbox({
    store: createMemoryStripeStore(),
    now: () => world.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    sendWebhook: (event, delayMs) => world.webhooks.push({ event, delayMs }),
    faults,
    origin: STRIPE_ORIGIN,
    wait: () => world.wait(),
  })
  const fetch = (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname
    const key = request.headers.get('idempotency-key')
    world.asked.push({ method: request.method, path, key })
    // As a network does: who gives up waiting hears no more.
    const givenUp = new Promise<never>((_, reject) => {
      request.signal.addEventListener('abort', () => {
        reject(request.signal.reason as Error)
      })
    })
    return Promise.race([sandbox.fetch(request), givenUp])
  }
  return {
    world,
    sandbox,
    fetch,
    fault: (rule: unknown) => faults.add(stripeFaultRule.parse(rule)),
    /** What stands in the header of an event that the account sends now. */
    signed: ({ account, body }: SentEvent) =>
      signatureOf(body, webhookSecretOf(account), world.now),
    provider: (account = ACCOUNT) =>
      createStripeProvider({
        baseUrl: STRIPE_BASE_URL,
        secretKey: `sk_test_${account}`,
        fetch,
        timeoutMs: 1_000,
      }),
    /** Events told so far, oldest first. */
    told: () =>
      world.webhooks.map(({ event }) => (JSON.parse(event.body) as { type: string }).type),
  }
}

export type StripeWorld = ReturnType<typeof stripeWorld>

const KEY = '0123456789ab'
let ids = 0
/** An id such as payments have. */
export const newId = (): string =>
  `0193${String((ids += 1)).padStart(4, '0')}-0000-8000-8000-${KEY}`

export const opening = (more: Partial<OpenRequest> = {}): OpenRequest => ({
  paymentId: newId(),
  orderId: newId(),
  orderName: '주문 #A001',
  amount: 18_500,
  currency: 'KRW',
  method: 'STRIPE',
  successUrl: '',
  failUrl: '',
  expiresAt: 0,
  payerName: null,
  userId: null,
  ...more,
})

/** A payment opened, and what names it from then on. */
export async function openedAt(stripe: StripeWorld, more: Partial<OpenRequest> = {}) {
  const request = opening(more)
  const outcome = await stripe.provider().open(request)
  if (outcome.kind !== 'opened') throw new Error(`opening was ${outcome.kind}`)
  const { paymentId, orderId, amount, currency } = request
  const providerKey = outcome.providerKey ?? ''
  return { request, outcome, paymentId, orderId, amount, currency, providerKey }
}

type Opened = Awaited<ReturnType<typeof openedAt>>

export const capturing = ({ paymentId, orderId, amount, providerKey }: Opened) => ({
  paymentId,
  orderId,
  amount,
  providerKey,
  attemptId: newId(),
  userId: null,
})

export const refunding = (opened: Opened, more: { amount?: number; attempt?: number } = {}) => ({
  paymentId: opened.paymentId,
  orderId: opened.orderId,
  providerKey: opened.providerKey,
  currency: opened.currency,
  refundId: newId(),
  attempt: 0,
  amount: opened.amount,
  reason: '재료 소진',
  account: null,
  ...more,
})
