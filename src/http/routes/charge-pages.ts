import type { Context } from 'hono'
import { isPlatformId, parseId } from '../../domain/ids.ts'
import { confirmCharge } from '../../usecases/wallet/confirm-charge.ts'
import type { App, AppEnv } from '../context.ts'
import { publicErrorOf } from '../errors.ts'
import { messages } from '../messages/index.ts'
import { PAYMENT_PAGE_POLICY, paymentPage, type PaymentPage } from '../pages/payment-page.ts'
import { tossFailure, tossReturn } from '../schemas/payments.ts'

const EMPTY = { order: null, advice: null, detail: null, againUrl: null } as const

/** Where a browser comes back to that went to the provider to buy points. */
export function chargePages(app: App): void {
  app.get('/payment/points/success', (c) => backWithSuccess(c))
  app.get('/payment/points/fail', (c) => backWithFailure(c))
}

async function backWithSuccess(c: Context<AppEnv>): Promise<Response> {
  const query = tossReturn.safeParse(c.req.query())
  if (!query.success || !isPlatformId(query.data.orderId)) return show(c, 404, unknown)
  const { orderId: id, paymentKey: providerKey, amount } = query.data
  const confirmed = await confirmCharge(c.var.deps, { id, providerKey, amount, userId: null })
  if (confirmed.ok) return show(c, 200, charged)
  const { refusal } = confirmed
  if (refusal.kind === 'NOT_FOUND') return show(c, 404, unknown)
  if ('retryAfterSeconds' in refusal) return show(c, 200, { ...EMPTY, state: 'waiting' })
  const { status, message } = publicErrorOf(refusal)
  return show(c, status, {
    ...EMPTY,
    state: 'failed',
    detail: messages[c.var.locale][message],
  })
}

/** A buyer who gives up may come again by the same address of the provider until it is over. */
async function backWithFailure(c: Context<AppEnv>): Promise<Response> {
  const { message: detail = null } = tossFailure.parse(c.req.query())
  const id = parseId(c.req.query('charge') ?? '')
  const found = id === null ? null : await c.var.deps.charges.byId(id)
  if (found === null) return show(c, 404, unknown)
  // Another tab has paid meanwhile.
  if (found.state.payment.status === 'CAPTURED') return show(c, 200, charged)
  return show(c, 200, { ...EMPTY, state: 'failed', detail })
}

const unknown: PaymentPage = { ...EMPTY, state: 'unknown' }
const charged: PaymentPage = { ...EMPTY, state: 'charged' }

async function show(c: Context<AppEnv>, status: number, page: PaymentPage): Promise<Response> {
  c.header('Content-Security-Policy', PAYMENT_PAGE_POLICY)
  c.header('Cache-Control', 'no-store')
  // The address holds a payment's key: it goes to nobody.
  c.header('Referrer-Policy', 'no-referrer')
  return c.html(await paymentPage(c.var.locale, page), status as 200)
}
