import type { PaymentMethod, RestaurantSettings } from '../src/domain/restaurant/settings.ts'
import type { Call } from './load.ts'
import { openBenchRestaurant } from './restaurant.ts'
import type { BenchServer } from './runtime.ts'

const MANY = 1_000_000
const PREPAID: Partial<RestaurantSettings> = {
  paymentPolicy: 'PREPAID',
  paymentMethods: ['CARD', 'VIRTUAL_ACCOUNT', 'STRIPE'],
  // One guest stands for a town.
  maxUnpaidPerGuest: MANY,
  maxUnpaidPerVisit: MANY,
}
const GUESTS = 20

/** A payment that stands open at the provider, and what its guest asks with. */
export interface OpenPayment {
  orderId: string
  paymentId: string
  providerKey: string
  amount: number
  headers: Record<string, string>
}

interface OpenedBody {
  payment_id: string
  payment_key?: string
  payment_intent_id?: string
}

/** A prepaid restaurant whose guests order, and pay at the stand-in provider. */
export async function openTill({ origin }: Pick<BenchServer, 'origin'>) {
  const restaurant = await openBenchRestaurant(origin, GUESTS, PREPAID)

  async function ask<T>({ path, method, headers, body }: Call): Promise<T> {
    const answer = await fetch(`${origin}${path}`, { method, headers, body })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text) as T
  }
  const post = <T>(path: string, headers: Record<string, string>, body: object): Promise<T> =>
    ask<T>({ path: `/api/v1${path}`, method: 'POST', headers, body: JSON.stringify(body) })

  return {
    async place(payment_method: PaymentMethod, guest = 0) {
      const call = restaurant.order(guest)
      const wish = JSON.parse(call.body ?? '{}') as Record<string, unknown>
      const order = await ask<{ order_id: string; total_amount: number }>({
        ...call,
        body: JSON.stringify({ ...wish, payment_method }),
      })
      const { order_id: orderId, total_amount: amount } = order
      return { orderId, amount, method: payment_method, headers: call.headers }
    },

    async open({
      orderId,
      amount,
      method,
      headers,
    }: {
      orderId: string
      amount: number
      method: PaymentMethod
      headers: Record<string, string>
    }): Promise<OpenPayment> {
      const byStripe = method === 'STRIPE'
      const path = byStripe ? '/payments/create-intent' : '/payments/initiate'
      const wish = { order_id: orderId, amount, ...(!byStripe && { payment_method: method }) }
      const opened = await post<OpenedBody>(path, headers, wish)
      const providerKey = opened.payment_key ?? opened.payment_intent_id ?? ''
      return { orderId, paymentId: opened.payment_id, providerKey, amount, headers }
    },

    /** The browser is back from the provider's page. */
    confirm: ({ paymentId: orderId, providerKey: paymentKey, amount, headers }: OpenPayment) =>
      post<{ payment_status: string }>('/payments/confirm', headers, {
        orderId,
        paymentKey,
        amount,
      }),

    async isPaid({ orderId, amount, headers }: OpenPayment): Promise<boolean> {
      const told = await ask<{ payment_status: string; captured_amount: number }>({
        path: `/api/v1/orders/${orderId}/payment-status`,
        method: 'GET',
        headers,
        body: null,
      })
      if (told.payment_status !== 'PAID') return false
      if (told.captured_amount === amount) return true
      throw new Error(`${orderId} took ${told.captured_amount} instead of ${amount}`)
    },
  }
}

export type Till = Awaited<ReturnType<typeof openTill>>
