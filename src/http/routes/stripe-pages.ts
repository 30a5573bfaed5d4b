import type { Context } from 'hono'
import { STRANGER, SYSTEM } from '../../domain/actor.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { confirmPayment } from '../../usecases/payments/confirm-payment.ts'
import { createIntent } from '../../usecases/payments/create-intent.ts'
import type { App, AppEnv } from '../context.ts'
import { stripePageUrl, stripeReturnUrl } from '../links.ts'
import { stripePage, stripePagePolicy } from '../pages/stripe-page.ts'
import { stripeReturn } from '../schemas/stripe.ts'
import { orderByLink, settled, troubled, unknown } from './pay-pages.ts'

/** Paying with Stripe in a browser: its form, and where it returns to. The link is the permission. */
export function stripePages(app: App): void {
  app.get('/pay/:id/stripe', (c) => toForm(c))
  app.get('/payment/stripe/return', (c) => back(c))
}

async function toForm(c: Context<AppEnv>): Promise<Response> {
  const order = await orderByLink(c, c.req.param('id'))
  if (order === null) return unknown(c)
  if (isPaid(order)) return settled(c, order)
  const { deps, traceId, locale } = c.var
  const orderId = order.id
  const wish = { orderId, amount: null, asker: STRANGER, viaLink: true, idempotency: null, traceId }
  const created = await createIntent(deps, wish)
  if (!created.ok) return troubled(c, created.refusal, order)

  const { payment, clientSecret, publishableKey } = created.value
  const { scriptUrl, apiOrigin } = deps.stripe.form
  const nonce = btoa(String.fromCharCode(...deps.random(NONCE_BYTES)))
  c.header('Content-Security-Policy', stripePagePolicy({ scriptUrl, apiOrigin, nonce }))
  c.header('Cache-Control', 'no-store')
  // The address holds the link's key: it goes to nobody.
  c.header('Referrer-Policy', 'no-referrer')
  return c.html(
    await stripePage(locale, {
      order,
      amount: payment.amount,
      currency: payment.currency,
      publishableKey,
      clientSecret,
      returnUrl: stripeReturnUrl(c, orderId),
      selfUrl: stripePageUrl(c, orderId),
      scriptUrl,
      nonce,
    }),
  )
}

const NONCE_BYTES = 16

/** What Stripe adds to the address is not believed: the intent is asked about. */
async function back(c: Context<AppEnv>): Promise<Response> {
  const query = stripeReturn.safeParse(c.req.query())
  const order = query.success ? await orderByLink(c, query.data.order) : null
  if (!query.success || order === null) return unknown(c)
  const { deps, traceId } = c.var
  const providerKey = query.data.payment_intent
  const amount = await amountOf(c, order, providerKey)
  if (amount === null) return unknown(c)
  const wish = { id: order.id, providerKey, amount, asker: STRANGER, viaLink: true, traceId }
  const confirmed = await confirmPayment(deps, wish)
  return confirmed.ok
    ? settled(c, confirmed.value.order)
    : troubled(c, confirmed.refusal, await orderByLink(c, order.id))
}

async function amountOf(
  c: Context<AppEnv>,
  { id: orderId }: OrderState,
  providerKey: string,
): Promise<number | null> {
  const view = await c.var.deps
    .restaurants(orderId)
    .query<'order'>({ query: { type: 'order', orderId }, asker: SYSTEM })
  const payments = view.ok ? view.value.payments : []
  return payments.find((payment) => payment.providerKey === providerKey)?.amount ?? null
}

const isPaid = ({ paymentStatus }: OrderState): boolean =>
  paymentStatus !== 'UNPAID' && paymentStatus !== 'PENDING'
