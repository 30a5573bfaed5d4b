import type { Context } from 'hono'
import { SYSTEM, STRANGER } from '../../domain/actor.ts'
import { parseId } from '../../domain/ids.ts'
import { isPayable } from '../../domain/order/lifecycle.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { guidanceOf } from '../../domain/payment/guidance.ts'
import { payIn } from '../../domain/payment/pay-in.ts'
import type { PayInAccount, PaymentState } from '../../domain/payment/payment.ts'
import { amountDue } from '../../domain/payment/refunding.ts'
import { supertossUrl } from '../../domain/payment/supertoss.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { confirmPayment } from '../../usecases/payments/confirm-payment.ts'
import { openPayment } from '../../usecases/payments/open-payment.ts'
import { isPayLinkKey } from '../../usecases/payments/pay-link.ts'
import type { App, AppEnv } from '../context.ts'
import { publicErrorOf } from '../errors.ts'
import { payUrl, returnUrls, stripePageUrl } from '../links.ts'
import { messages } from '../messages/index.ts'
import { accountPage, accountPagePolicy } from '../pages/account-page.ts'
import { PAYMENT_PAGE_POLICY, paymentPage, type PaymentPage } from '../pages/payment-page.ts'
import { tossFailure, tossReturn } from '../schemas/payments.ts'

type Answer = Response | Promise<Response>

/** Pages that a browser passes on its way to the provider and back; their links are the permission. */
export function payPages(app: App): void {
  app.get('/pay/:id', (c) => toProvider(c))
  app.get('/payment/success', (c) => backWithSuccess(c))
  app.get('/payment/fail', (c) => backWithFailure(c))
}

async function toProvider(c: Context<AppEnv>): Promise<Response> {
  const view = await viewByLink(c, c.req.param('id'))
  if (view === null) return unknown(c)
  const { order, payments } = view
  const stands = await standing(c, view)
  if (stands !== null) return stands
  if (order.paymentMethod === 'STRIPE') return c.redirect(stripePageUrl(c, order.id), 303)
  const opened = await openPayment(c.var.deps, {
    orderId: order.id,
    amount: amountDue(order, payments),
    method: order.paymentMethod,
    asker: STRANGER,
    viaLink: true,
    idempotency: null,
    traceId: c.var.traceId,
    returnUrls: returnUrls(c, order.id),
  })
  if (!opened.ok) return troubled(c, opened.refusal, order)
  const { checkoutUrl } = opened.value
  const waits = accountShown(c, order, opened.value)
  if (waits !== null) return waits
  return checkoutUrl === null ? unknown(c) : c.redirect(checkoutUrl, 303)
}

async function backWithSuccess(c: Context<AppEnv>): Promise<Response> {
  const { deps, traceId } = c.var
  const query = tossReturn.safeParse(c.req.query())
  if (!query.success) return unknown(c)
  const { orderId: id, paymentKey: providerKey, amount } = query.data
  const wish = { id, providerKey, amount, asker: STRANGER, viaLink: true, traceId }
  const confirmed = await confirmPayment(deps, wish)
  if (!confirmed.ok) return troubled(c, confirmed.refusal, await orderOf(c, id))
  const { order, payment } = confirmed.value
  const waits = accountShown(c, order, payment)
  if (waits !== null) return waits
  return isStillOwed(order) ? waiting(c, order) : settled(c, order)
}

async function backWithFailure(c: Context<AppEnv>): Promise<Response> {
  const { code, message } = tossFailure.parse(c.req.query())
  const view = await viewByLink(c, c.req.query('order'))
  if (view === null) return unknown(c)
  // Another tab has paid meanwhile.
  const stands = await standing(c, view)
  if (stands !== null) return stands
  const { order } = view
  return show(c, 200, {
    ...about(order),
    state: isPayable(order) ? 'failed' : 'over',
    advice: code === undefined ? null : messages[c.var.locale][guidanceOf(code)],
    detail: message ?? null,
    againUrl: againUrl(c, order),
  })
}

/** What there is to show without opening anything: money that is in, an account that waits. */
function standing(c: Context<AppEnv>, { order, payments }: OrderView): Answer | null {
  for (const payment of payments) {
    const waits = accountShown(c, order, payment)
    if (waits !== null) return waits
  }
  return isStillOwed(order) ? null : settled(c, order)
}

/** By the order's own word: what a part has paid is not all of it. */
const isStillOwed = ({ paymentStatus }: OrderState): boolean =>
  paymentStatus === 'UNPAID' || paymentStatus === 'PENDING'

/** The order whose link key the address carries, with its payments; null for every other. */
async function viewByLink(c: Context<AppEnv>, id: string | undefined): Promise<OrderView | null> {
  const { deps } = c.var
  const orderId = parseId(id ?? '')
  const key = c.req.query('k') ?? ''
  if (orderId === null || !isPayLinkKey(deps.settings.linkSecret, orderId, key)) return null
  const view = await deps
    .restaurants(orderId)
    .query<'order'>({ query: { type: 'order', orderId }, asker: SYSTEM })
  return view.ok ? view.value : null
}

/** The order whose link key the address carries; null for every other. */
export const orderByLink = async (
  c: Context<AppEnv>,
  id: string | undefined,
): Promise<OrderState | null> => (await viewByLink(c, id))?.order ?? null

/** The order of a payment whose provider key the browser has shown. */
async function orderOf(c: Context<AppEnv>, paymentId: string): Promise<OrderState | null> {
  const found = await c.var.deps
    .restaurants(paymentId)
    .query<'payment'>({ query: { type: 'payment', paymentId }, asker: SYSTEM })
  return found.ok ? found.value.order : null
}

/** Trouble that passes refreshes the page; what is final says how to go on. */
export function troubled(c: Context<AppEnv>, refusal: Refusal, order: OrderState | null): Answer {
  if (refusal.kind === 'NOT_FOUND') return unknown(c)
  // This payment brought nothing, another of the order did.
  if (order !== null && !isStillOwed(order)) return settled(c, order)
  if ('retryAfterSeconds' in refusal) return waiting(c, order)
  const { status, message } = publicErrorOf(refusal)
  const over = order !== null && !isPayable(order) && refusal.kind === 'ORDER_STATE'
  return show(c, status, {
    ...about(order),
    state: over ? 'over' : 'failed',
    advice: over ? null : messages[c.var.locale][message],
    againUrl: order === null ? null : againUrl(c, order),
  })
}

const againUrl = (c: Context<AppEnv>, order: OrderState): string | null =>
  isPayable(order) ? payUrl(c, order.id) : null

const waiting = (c: Context<AppEnv>, order: OrderState | null) =>
  show(c, 200, { ...about(order), state: 'waiting' })

/** Money is in: it pays the order, or is on its way back. */
export function settled(c: Context<AppEnv>, order: OrderState): Answer {
  const back = order.paymentStatus === 'REFUND_DUE' ? 'refundDue' : 'refunding'
  return show(c, 200, { ...about(order), state: isEnded(order) ? back : 'paid' })
}

const isEnded = ({ status }: OrderState): boolean =>
  ['REJECTED', 'CANCELLED', 'EXPIRED'].includes(status)

const NOTHING = { order: null, advice: null, detail: null, againUrl: null, tableUrl: null } as const

const about = (order: OrderState | null) =>
  order === null
    ? NOTHING
    : {
        ...NOTHING,
        order: { number: order.number, amount: order.totalAmount, currency: order.currency },
        tableUrl: tableUrl(order),
      }

/** The code that goes with it is kept by the phone that scanned it. */
const tableUrl = ({ tableId }: OrderState): string | null =>
  tableId === null ? null : `/t/${tableId}`

export const unknown = (c: Context<AppEnv>): Answer =>
  show(c, 404, { ...NOTHING, state: 'unknown' })

async function show(c: Context<AppEnv>, status: number, page: PaymentPage): Promise<Response> {
  guard(c, PAYMENT_PAGE_POLICY)
  return c.html(await paymentPage(c.var.locale, page), status as 200)
}

/** The account that waits for the payment's money; null where none does. */
function accountShown(
  c: Context<AppEnv>,
  order: OrderState,
  payment: PaymentState,
): Promise<Response> | null {
  const account = payIn(payment, order)
  return account && showAccount(c, order, { ...payment, account })
}

async function showAccount(
  c: Context<AppEnv>,
  order: OrderState,
  { account, amount, currency, payerName, provider }: PaymentState & { account: PayInAccount },
): Promise<Response> {
  guard(c, await accountPagePolicy())
  const appUrl = provider === 'deposit' ? supertossUrl({ ...account, amount }) : null
  return c.html(
    await accountPage(c.var.locale, {
      orderNumber: order.number,
      ...{ amount, currency, account, payerName, appUrl },
      checkUrl: payUrl(c, order.id),
      tableUrl: tableUrl(order),
    }),
  )
}

function guard(c: Context<AppEnv>, policy: string): void {
  c.header('Content-Security-Policy', policy)
  c.header('Cache-Control', 'no-store')
  // The address holds a payment's key: it goes to nobody.
  c.header('Referrer-Policy', 'no-referrer')
}
