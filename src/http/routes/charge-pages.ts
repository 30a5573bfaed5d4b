import type { Context } from 'hono'
import { isPlatformId } from '../../domain/ids.ts'
import { confirmCharge } from '../../usecases/wallet/confirm-charge.ts'
import type { App, AppEnv } from '../context.ts'
import { publicErrorOf } from '../errors.ts'
import { messages } from '../messages/index.ts'
import { PAYMENT_PAGE_POLICY, paymentPage, type PaymentPage } from '../pages/payment-page.ts'
import { tossReturn } from '../schemas/payments.ts'

const EMPTY = { order: null, advice: null, detail: null, againUrl: null, tableUrl: null } as const

/** Where a browser comes back to that went to the provider to buy points. */
export function chargePages(app: App): void {
  app.get('/payment/points/success', (c) => backWithSuccess(c))
  app.get('/payment/points/fail', (c) => show(c, 200, givenUp))
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

const unknown: PaymentPage = { ...EMPTY, state: 'unknown' }
const charged: PaymentPage = { ...EMPTY, state: 'charged' }
/** Who gives up comes without the key that shows whose the charge is: the page says nothing of it. */
const givenUp: PaymentPage = { ...EMPTY, state: 'givenUp' }

async function show(c: Context<AppEnv>, status: number, page: PaymentPage): Promise<Response> {
  c.header('Content-Security-Policy', PAYMENT_PAGE_POLICY)
  c.header('Cache-Control', 'no-store')
  // The address holds a payment's key: it goes to nobody.
  c.header('Referrer-Policy', 'no-referrer')
  return c.html(await paymentPage(c.var.locale, page), status as 200)
}
