import type { Context } from 'hono'
import { SYSTEM, STRANGER } from '../../domain/actor.ts'
import { parseId } from '../../domain/ids.ts'
import { isOpen } from '../../domain/order/lifecycle.ts'
import type { OrderState } from '../../domain/order/order.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { confirmPayment } from '../../usecases/payments/confirm-payment.ts'
import { openPayment } from '../../usecases/payments/open-payment.ts'
import { isPayLinkKey } from '../../usecases/payments/pay-link.ts'
import type { App, AppEnv } from '../context.ts'
import { payUrl, returnUrls } from '../links.ts'
import { messages } from '../messages/index.ts'
import { publicErrorOf } from '../errors.ts'
import { PAYMENT_PAGE_POLICY, paymentPage, type PaymentPage } from '../pages/payment-page.ts'
import { tossFailure, tossReturn } from '../schemas/payments.ts'

/** Pages that a browser passes on its way to the provider and back; their links are the permission. */
export function payPages(app: App): void {
  app.get('/pay/:id', (c) => toProvider(c))
  app.get('/payment/success', (c) => backWithSuccess(c))
  app.get('/payment/fail', (c) => backWithFailure(c))
}

async function toProvider(c: Context<AppEnv>): Promise<Response> {
  const order = await orderByLink(c, c.req.param('id'))
  if (order === null) return unknown(c)
  const { deps, traceId } = c.var
  const orderId = order.id
  if (order.capturedAmount > 0) return settled(c, order)

  const opened = await openPayment(deps, {
    orderId,
    amount: order.totalAmount,
    method: order.paymentMethod,
    asker: STRANGER,
    viaLink: true,
    idempotency: null,
    traceId,
    returnUrls: returnUrls(c, orderId),
  })
  if (opened.ok && opened.value.checkoutUrl !== null)
    return c.redirect(opened.value.checkoutUrl, 303)
  return opened.ok ? unknown(c) : troubled(c, opened.refusal, order)
}

async function backWithSuccess(c: Context<AppEnv>): Promise<Response> {
  const { deps, traceId } = c.var
  const query = tossReturn.safeParse(c.req.query())
  if (!query.success) return unknown(c)
  const { orderId: id, paymentKey: providerKey, amount } = query.data
  const wish = { id, providerKey, amount, asker: STRANGER, viaLink: true, traceId }
  const confirmed = await confirmPayment(deps, wish)
  if (confirmed.ok) return settled(c, confirmed.value.order)
  return troubled(c, confirmed.refusal, await orderOf(c, id))
}

async function backWithFailure(c: Context<AppEnv>): Promise<Response> {
  const { message } = tossFailure.parse(c.req.query())
  const order = await orderByLink(c, c.req.query('order'))
  if (order === null) return unknown(c)
  // Another tab has paid meanwhile.
  if (order.capturedAmount > 0) return settled(c, order)
  return show(c, 200, {
    ...about(order),
    state: 'failed',
    detail: message ?? null,
    againUrl: isOpen(order.status) ? payUrl(c, order.id) : null,
  })
}

/** The order whose link key the address carries; null for every other. */
export async function orderByLink(c: Context<AppEnv>, id: string | undefined): Promise<OrderState | null> {
  const { deps } = c.var
  const orderId = parseId(id ?? '')
  const key = c.req.query('k') ?? ''
  if (orderId === null || !isPayLinkKey(deps.settings.linkSecret, orderId, key)) return null
  const view = await deps
    .restaurants(orderId)
    .query<'order'>({ query: { type: 'order', orderId }, asker: SYSTEM })
  return view.ok ? view.value.order : null
}

/** The order of a payment whose provider key the browser has shown. */
async function orderOf(c: Context<AppEnv>, paymentId: string): Promise<OrderState | null> {
  const found = await c.var.deps
    .restaurants(paymentId)
    .query<'payment'>({ query: { type: 'payment', paymentId }, asker: SYSTEM })
  return found.ok ? found.value.order : null
}

/** Trouble that passes refreshes the page; what is final says how to go on. */
export function troubled(
  c: Context<AppEnv>,
  refusal: Refusal,
  order: OrderState | null,
): Response | Promise<Response> {
  if (refusal.kind === 'NOT_FOUND') return unknown(c)
  // This payment brought nothing, another of the order did.
  if (order !== null && order.capturedAmount > 0) return settled(c, order)
  const { status, message } = publicErrorOf(refusal)
  const passes = 'retryAfterSeconds' in refusal
  return show(c, passes ? 200 : status, {
    ...(order === null ? NOTHING : about(order)),
    state: passes ? 'waiting' : 'failed',
    detail: passes ? null : messages[c.var.locale][message],
    againUrl: !passes && order !== null && isOpen(order.status) ? payUrl(c, order.id) : null,
  })
}

export const settled = (c: Context<AppEnv>, order: OrderState) =>
  show(c, 200, { ...about(order), state: isEnded(order) ? 'refunding' : 'paid' })

const isEnded = ({ status }: OrderState): boolean =>
  ['REJECTED', 'CANCELLED', 'EXPIRED'].includes(status)

const NOTHING = { order: null, detail: null, againUrl: null } as const

const about = ({ number, totalAmount: amount, currency }: OrderState) => ({
  ...NOTHING,
  order: { number, amount, currency },
})

export const unknown = (c: Context<AppEnv>) => show(c, 404, { ...NOTHING, state: 'unknown' })

async function show(c: Context<AppEnv>, status: number, page: PaymentPage): Promise<Response> {
  c.header('Content-Security-Policy', PAYMENT_PAGE_POLICY)
  c.header('Cache-Control', 'no-store')
  // The address holds a payment's key: it goes to nobody.
  c.header('Referrer-Policy', 'no-referrer')
  return c.html(await paymentPage(c.var.locale, page), status as 200)
}
