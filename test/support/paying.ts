import type { OrderState } from '../../src/domain/order/order.ts'
import type { PaymentState } from '../../src/domain/payment/payment.ts'
import { openKitchen, type Kitchen } from './ordering.ts'

export const UNKNOWN = { kind: 'unknown', detail: 'time-out' } as const
export const REFUSED = {
  kind: 'refused',
  failure: { code: 'REJECT_CARD', message: '한도 초과' },
} as const
export const DONE = { kind: 'done', providerRef: null } as const
export const many = (count: number) => Array.from({ length: count }, (_, n) => n)
export const sum = (amounts: readonly number[]) =>
  amounts.reduce((total, amount) => total + amount, 0)

/** An order whose payment stands open at the provider. */
export async function withOpenPayment(settings: Parameters<typeof openKitchen>[0] = {}) {
  const kitchen = await openKitchen(settings)
  const order = await kitchen.place()
  const payment = await kitchen.opened(order)
  const now = async (): Promise<OrderState> => (await kitchen.view(order)).order
  const state = async (): Promise<PaymentState> => (await kitchen.view(order)).payments[0]!
  return { ...kitchen, kitchen, order, payment, now, state }
}

/** … and has been claimed; the provider's answer is not in. */
export async function withClaim(settings: Parameters<typeof openKitchen>[0] = {}) {
  const opened = await withOpenPayment(settings)
  opened.taken('look-up')
  return { ...opened, attempt: await opened.claimed(opened.payment) }
}

/** … or has brought the money. */
export async function withMoney() {
  const claimed = await withClaim()
  await claimed.settle(claimed.payment, claimed.attempt)
  return claimed
}

export const eventsOf = async ({ restaurant }: Kitchen, type: string) =>
  (await restaurant.events()).filter((event) => event.type === type)
