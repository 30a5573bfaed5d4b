import { z } from '@hono/zod-openapi'
import { askerAt } from '../../domain/identity/asker.ts'
import { createIntent, type CreatedIntent } from '../../usecases/payments/create-intent.ts'
import { takeStripeWebhook } from '../../usecases/payments/take-stripe-webhook.ts'
import type { App, HttpVariables } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { OPENING } from './opening.ts'
import { idSchema, isoTime } from '../schemas/common.ts'
import { createdIntent, intentWish } from '../schemas/stripe.ts'

const TAG = { tag: 'Payments' } as const

/** Paying with Stripe: the browser's intent, and Stripe's signed webhooks. */
export function stripeRoutes(app: App): void {
  createIntentRoute(app)
  webhookRoutes(app)
}

function createIntentRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/payments/create-intent',
      operationId: 'createStripeIntent',
      summary: 'Open a payment at Stripe; the answer is for its payment form in the browser',
      description:
        'For orders whose method is STRIPE. Asking again answers the same intent. The browser then ' +
        'pays by itself; `payments/confirm` with the intent as `paymentKey` settles at once what the ' +
        'webhook would settle anyway.',
      ...OPENING,
      request: { body: intentWish },
      success: { status: 200, description: 'Open', schema: createdIntent },
    },
    async (c) => {
      const { order_id: orderId, amount = null } = c.req.valid('json')
      const { deps, actor, idempotency, traceId } = c.var
      const asker = askerAt(actor, orderId)
      const wish = { orderId, amount, asker, viaLink: false, idempotency, traceId }
      return answer(await createIntent(deps, wish), intentJson)
    },
  )
}

const WEBHOOK = {
  ...TAG,
  method: 'post',
  description:
    'Signed by Stripe over the exact bytes (`Stripe-Signature`), at most five minutes ago. Of a ' +
    'genuine one nothing but the name of the payment is believed: it is looked up. Events about ' +
    'nothing of ours are answered 200 too.',
  permission: 'public',
  idempotency: 'none',
  binary: ['application/json'],
  success: {
    status: 200,
    description: 'Noted, or nothing of ours',
    schema: z.object({ noted: z.boolean() }),
  },
  refusals: ['UNAUTHENTICATED', 'PAYMENT_PROVIDER_FAILED'],
} as const

function webhookRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...WEBHOOK,
      path: '/payments/webhook/stripe',
      operationId: 'stripeWebhook',
      summary: 'Stripe tells that a payment, a refund or a dispute changed',
    },
    (c) => take(c, null),
  )
  defineRoute(
    app,
    {
      ...WEBHOOK,
      path: '/payments/webhook/stripe/{restaurant_id}',
      operationId: 'stripeWebhookOfRestaurant',
      summary: "Stripe tells of a change in a restaurant's own account",
      request: { params: z.object({ restaurant_id: idSchema }) },
    },
    (c) => take(c, c.req.valid('param').restaurant_id),
  )
}

type Caller = {
  readonly req: { header(name: string): string | undefined; text(): Promise<string> }
  readonly var: Readonly<Pick<HttpVariables, 'deps' | 'now' | 'traceId'>>
}

async function take({ req, var: { deps, now, traceId } }: Caller, restaurantId: string | null) {
  const body = await req.text()
  const signature = req.header('stripe-signature') ?? null
  const delivery = { body, signature, restaurantId, now, traceId }
  return answer(await takeStripeWebhook(deps, delivery), (noted) => ({ noted }))
}

const intentJson = ({ payment, intentId, clientSecret, publishableKey }: CreatedIntent) => ({
  client_secret: clientSecret,
  publishable_key: publishableKey,
  payment_intent_id: intentId,
  payment_id: payment.id,
  amount: payment.amount,
  currency: payment.currency,
  expires_at: isoTime(payment.expiresAt),
})
