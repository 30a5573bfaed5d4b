import { openLive } from '../lib/live.ts'
import { won } from '../lib/money.ts'
import type { OrderJson, PlacedOrderJson, ProviderPaymentJson } from '../lib/shapes.ts'
import { itemNamed, lineOf, newKey, type Cast } from './cast.ts'
import { comeBack, payAtProvider } from './paying.ts'
import { ms, stage } from './stage.ts'

/** A second order is paid and then taken back: the money returns by itself. */
export async function changeOfMind(cast: Cast): Promise<void> {
  stage.scene('A second order, paid by the link, then taken back')
  const { api, guest: token, table, place, board } = cast
  const order = await api.ask<PlacedOrderJson>('POST', `/tables/${table.id}/orders`, {
    ...{ token, key: newKey() },
    body: { items: [lineOf(itemNamed(cast, '유자 에이드'), 2, {})], payment_method: 'CARD' },
  })
  const phone = await openLive({
    ...{ origin: place.app, path: `/ws/orders/${order.order_id}`, token },
  })
  stage.guest(`order ${order.order_number}, ${won(order.total_amount)}; opens ${order.payment_url}`)
  const opened = await fetch(order.payment_url ?? '', { redirect: 'manual' })
  const checkout = opened.headers.get('location')
  stage.expect(opened.status === 303 && checkout !== null, "our page opens the provider's")
  await comeBack(await payAtProvider(checkout ?? ''), order)

  const cancelledAt = performance.now()
  const cancelled = await api.ask<OrderJson>('POST', `/orders/${order.order_id}/cancel`, {
    ...{ token, key: newKey(), body: {} },
  })
  stage.guest(`changes their mind: ${cancelled.status}`)
  await board.next(
    ({ order_id, status }) => order_id === order.order_id && status === 'CANCELLED',
    'the cancellation',
  )
  stage.owner(`sees ${order.order_number} cancelled; it rings no more`)
  const refunded = await phone.next(
    ({ payment_status }) => payment_status === 'REFUNDED',
    'the refund',
    20_000,
  )
  stage.guest(`sees REFUNDED, ${ms(refunded.at - cancelledAt)} after the tap`)
  await expectPaidBack(cast, order)
  phone.close()
}

async function expectPaidBack({ place }: Cast, order: PlacedOrderJson): Promise<void> {
  const response = await fetch(`${place.sandbox}/control/payments`)
  const { payments } = (await response.json()) as { payments: ProviderPaymentJson[] }
  const newest = payments.find(({ orderName }) => orderName.includes(order.order_number))
  stage.provider(`${newest?.orderName ?? ''}: ${newest?.status ?? 'unknown'}`)
  stage.expect(newest?.balanceAmount === 0, `the provider has paid ${won(order.total_amount)} back`)
}
