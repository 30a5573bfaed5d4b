import { isReplay } from '../lib/api.ts'
import { openLive, type Live } from '../lib/live.ts'
import { won } from '../lib/money.ts'
import type { InitiatedJson, OrderJson, PlacedOrderJson } from '../lib/shapes.ts'
import { itemNamed, lineOf, newKey, type Cast } from './cast.ts'
import { comeBack, payAtProvider } from './paying.ts'
import { ms, stage } from './stage.ts'

/** From the order to the last bite. */
export async function wholeLife(cast: Cast): Promise<void> {
  const order = await placeOrder(cast)
  const phone = await openLive({
    origin: cast.place.app,
    path: `/ws/orders/${order.order_id}`,
    token: cast.guest,
  })
  await phone.next(({ type }) => type === 'SNAPSHOT', 'the order')
  await pay(cast, order, phone)
  await serve(cast, order, phone)
  phone.close()
}

async function placeOrder(cast: Cast): Promise<PlacedOrderJson> {
  stage.scene('The guest orders, and taps twice')
  const { api, guest: token, board, table } = cast
  const chicken = lineOf(itemNamed(cast, '뼈치킨 한 마리'), 1, { 맛: '반반', 사이즈: '큰 것' })
  const body = {
    table_id: table.id,
    items: [chicken, lineOf(itemNamed(cast, '생맥주 500cc'), 2, {})],
    payment_method: 'CARD',
    expected_total: 18_000 + 1_000 + 5_000 + 2 * 4_500,
    special_requests: '젓가락 두 벌 주세요',
  }
  const key = newKey()
  const orderedAt = performance.now()
  const [first, second] = await Promise.all([
    api.send('POST', '/orders', { token, key, body }),
    api.send('POST', '/orders', { token, key, body }),
  ])
  stage.expect(first.status === 201 && second.status === 201, 'both taps are answered 201')
  const order = first.body as PlacedOrderJson
  const twin = second.body as PlacedOrderJson
  for (const { name, options, quantity, total } of order.items)
    stage.guest(
      [`${quantity} ×`, name, ...options.map(({ choice }) => choice), won(total)].join(' '),
    )
  stage.guest(
    `order ${order.order_number}, ${won(order.total_amount)}, ${order.status}, to be paid`,
  )
  stage.expect(
    twin.order_id === order.order_id && isReplay(first) !== isReplay(second),
    'they are one order: the second answer is a replay of the first',
  )
  const heard = await board.next(
    ({ type, order_id }) => type === 'NEW_ORDER' && order_id === order.order_id,
    'the new order',
  )
  stage.owner(
    `sees ${order.order_number} waiting for payment, silent, ${ms(heard.at - orderedAt)} after the tap ` +
      `(the guest's own answer took ${ms(first.ms)})`,
  )
  const other = await api.send('POST', '/orders', {
    ...{ token, key },
    body: { ...body, special_requests: '다른 주문' },
  })
  stage.expect(other.status === 422, 'the same key with another body is refused with 422')
  return order
}

async function pay(cast: Cast, order: PlacedOrderJson, phone: Live): Promise<void> {
  stage.scene('The guest pays by card')
  const { api, guest: token, board } = cast
  const { order_id, total_amount: amount } = order
  const initiated = await api.ask<InitiatedJson>('POST', '/payments/initiate', {
    ...{ token, key: newKey() },
    body: { order_id, amount, payment_method: 'CARD' },
  })
  stage.provider(`payment ${initiated.payment_key} over ${won(initiated.amount)} is open`)
  const back = await payAtProvider(initiated.payment_url)
  const paidAt = performance.now()
  await comeBack(back, order)
  const rings = await board.next(
    ({ type, order_id: id }) => type === 'PAYMENT_COMPLETED' && id === order_id,
    'the payment',
  )
  stage.owner(`RINGS for ${order.order_number}, ${ms(rings.at - paidAt)} after the guest came back`)
  stage.expect(
    rings.message.payment_status === 'PAID' && rings.message['rings'] === true,
    'the order is PAID and rings until somebody acknowledges it',
  )
  await phone.next(({ payment_status }) => payment_status === 'PAID', 'the payment')
  stage.guest('sees PAID')
  const { payment_key: paymentKey, payment_id: orderId } = initiated
  const again = await api.ask<{ payment_status: string }>('POST', '/payments/confirm', {
    token,
    body: { paymentKey, orderId, amount },
  })
  stage.expect(again.payment_status === 'COMPLETED', 'confirming again takes nothing twice')
}

const STEPS = [
  ['acknowledge', {}, 'ORDER_ACKNOWLEDGED', 'hears that the kitchen has seen the order'],
  [
    'accept',
    { estimated_time_minutes: 15, message: '맛있게 튀기고 있어요' },
    'ACCEPTED',
    'sees ACCEPTED, ready in 15 minutes: "맛있게 튀기고 있어요"',
  ],
  ['ready', {}, 'READY', 'sees READY'],
  ['complete', {}, 'COMPLETED', 'sees COMPLETED. 맛있게 드세요!'],
] as const

async function serve(cast: Cast, { order_id }: OrderJson, phone: Live): Promise<void> {
  stage.scene('The kitchen at work')
  const { api, owner: token } = cast
  for (const [verb, body, sign, seen] of STEPS) {
    const pressedAt = performance.now()
    const order = await api.ask<OrderJson>('POST', `/restaurants/me/orders/${order_id}/${verb}`, {
      ...{ token, key: newKey(), body },
    })
    stage.owner(`${verb}: ${order.status}`)
    const heard = await phone.next(
      ({ type, status }) => (verb === 'acknowledge' ? type === sign : status === sign),
      sign,
    )
    stage.guest(`${seen} (${ms(heard.at - pressedAt)} after the tablet was touched)`)
  }
  const late = await api.send('POST', `/restaurants/me/orders/${order_id}/reject`, {
    ...{ token, key: newKey(), body: { reason: '늦었습니다' } },
  })
  stage.expect(late.status === 409, 'what is completed cannot be rejected any more')
}
