import { ACCOUNT_SECRET, STRIPE, TOSS } from '../provider-settings.ts'

/** How the provider behaves from now on. */
export interface Behaviour {
  /** It takes so long to answer. */
  delayMs: number
  /** Who was to transfer money or to pay in a browser has done so. */
  everybodyPaid: boolean
}

/** What was opened, by the provider's key of it. */
interface Held {
  paymentId: string
  amount: number
  currency: string
  method: string
  confirmed: boolean
}

const NOW = '2026-11-20T12:00:00+09:00'
const DUE = '2099-01-01T00:00:00+09:00'

/**
 * In the place of Toss Payments and Stripe: as much of their wire formats as paying needs. It keeps
 * nothing else in mind and refuses nobody; `asked` hears of every call.
 */
export function standInProvider(asked: () => void) {
  const behaviour: Behaviour = { delayMs: 0, everybodyPaid: false }
  const payments = new Map<string, Held>()
  const intents = new Map<string, Held>()

  const tossOf = (paymentKey: string) => {
    const held = payments.get(paymentKey)
    return held === undefined
      ? notFound({ code: 'NOT_FOUND_PAYMENT', message: '' })
      : Response.json(tossPayment(paymentKey, held, behaviour.everybodyPaid))
  }

  async function toss(request: Request, path: string): Promise<Response> {
    if (request.method === 'GET') return tossOf(path.slice('/v1/payments/'.length))
    const body = await request.json<Record<string, string | number>>()
    if (path === '/v1/payments') {
      const [paymentId, method] = [String(body['orderId']), String(body['method'])]
      const key = `bench_${paymentId}`
      const [amount, currency] = [Number(body['amount']), String(body['currency'])]
      payments.set(key, { paymentId, amount, currency, method, confirmed: false })
      return tossOf(key)
    }
    const key = String(body['paymentKey'])
    const held = payments.get(key)
    if (held !== undefined) held.confirmed = true
    return tossOf(key)
  }

  async function stripe(request: Request, path: string): Promise<Response> {
    if (path === '/v1/refunds') return Response.json({ object: 'list', data: [], has_more: false })
    if (request.method === 'POST') {
      const body = new URLSearchParams(await request.text())
      const paymentId = body.get('metadata[payment_id]') ?? ''
      const id = `pi_${paymentId.replaceAll('-', '')}`
      const [amount, currency] = [Number(body.get('amount')), body.get('currency') ?? '']
      intents.set(id, { paymentId, amount, currency, method: 'STRIPE', confirmed: false })
      return Response.json(intentOf(id, intents.get(id)!, false))
    }
    const id = path.slice('/v1/payment_intents/'.length)
    const held = intents.get(id)
    return held === undefined
      ? notFound({ error: { type: 'invalid_request_error', code: 'resource_missing' } })
      : Response.json(intentOf(id, held, behaviour.everybodyPaid))
  }

  return {
    behave: (next: Partial<Behaviour>): void => void Object.assign(behaviour, next),

    fetch: async (request: Request): Promise<Response> => {
      asked()
      const { origin, pathname } = new URL(request.url)
      if (behaviour.delayMs > 0) await scheduler.wait(behaviour.delayMs)
      if (origin === TOSS) return toss(request, pathname)
      if (origin === STRIPE) return stripe(request, pathname)
      throw new Error(`nobody stands in for ${origin}`)
    },
  }
}

const notFound = (body: object): Response => Response.json(body, { status: 404 })

function tossPayment(paymentKey: string, held: Held, everybodyPaid: boolean) {
  const { paymentId, amount, currency, method, confirmed } = held
  const byAccount = method === 'VIRTUAL_ACCOUNT'
  const done = confirmed && (!byAccount || everybodyPaid)
  return {
    paymentKey,
    orderId: paymentId,
    status: done ? 'DONE' : confirmed ? 'WAITING_FOR_DEPOSIT' : 'READY',
    currency,
    totalAmount: amount,
    balanceAmount: amount,
    approvedAt: done ? NOW : null,
    checkout: { url: `${TOSS}/v1/payments/${paymentKey}/checkout` },
    cancels: null,
    secret: byAccount && confirmed ? ACCOUNT_SECRET : null,
    virtualAccount:
      byAccount && confirmed
        ? { accountNumber: '1002003004005', bankCode: '88', dueDate: DUE, refundStatus: 'NONE' }
        : null,
  }
}

const intentOf = (id: string, { paymentId, amount, currency }: Held, paid: boolean) => ({
  id,
  object: 'payment_intent',
  status: paid ? 'succeeded' : 'requires_payment_method',
  amount,
  amount_received: paid ? amount : 0,
  currency,
  client_secret: `${id}_secret_bench`,
  metadata: { payment_id: paymentId },
  latest_charge: paid ? { id: `ch_${id}`, disputed: false } : null,
})
