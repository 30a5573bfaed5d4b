import { randomUUID } from 'node:crypto'
import type { World } from '../../test/pages/world.ts'
import type { GuestJson, MenuItemJson, MenuJson, PlacedOrderJson } from '../lib/shapes.ts'

type Dishes = Readonly<Record<string, number>>

/** What the tables ordered, and how far the kitchen is with it. */
const ORDERS: readonly {
  table: string
  dishes: Dishes
  stage: 'new' | 'cooking' | 'ready' | 'served'
}[] = [
  { table: 'A2', dishes: { 순살치킨: 1, 콜라: 2 }, stage: 'served' },
  { table: 'A3', dishes: { '뼈치킨 한 마리': 2, '생맥주 500cc': 4 }, stage: 'served' },
  { table: 'B1', dishes: { '국물 떡볶이': 1, 치즈볼: 1 }, stage: 'served' },
  { table: 'B2', dishes: { '뼈치킨 한 마리': 1, 소주: 1 }, stage: 'ready' },
  { table: 'B4', dishes: { 감자튀김: 1, '생맥주 500cc': 2 }, stage: 'ready' },
  { table: 'B5', dishes: { 간장마늘치킨: 1, '유자 에이드': 2 }, stage: 'cooking' },
  { table: 'C1', dishes: { 불닭발: 1, 공깃밥: 2, 병맥주: 2 }, stage: 'cooking' },
  { table: 'C2', dishes: { '한정 통마늘 바베큐': 1, 코울슬로: 1 }, stage: 'new' },
  { table: 'C3', dishes: { 순살치킨: 1, 치즈볼: 2, 사이다: 2 }, stage: 'new' },
]

/** Guests at some tables order and pay; the kitchen has begun. */
export async function orderSome(world: World): Promise<void> {
  const { api, token, tableUrl } = world
  const { id } = await api.ask<{ id: string }>('GET', '/restaurants/me', { token })
  const { categories } = await api.ask<MenuJson>('GET', `/restaurants/${id}/menu`)
  const items = categories.flatMap((one) => one.items)
  const move = (orderId: string, verb: string, body?: object) =>
    api.ask('POST', `/restaurants/me/orders/${orderId}/${verb}`, { token, body })
  for (const { table, dishes, stage } of ORDERS) {
    const orderId = await order(world, tableUrl(table), linesOf(items, dishes))
    if (stage === 'new') continue
    await move(orderId, 'accept', { estimated_time_minutes: 15 })
    if (stage === 'cooking') continue
    await move(orderId, 'ready')
    if (stage === 'served') await move(orderId, 'complete')
  }
}

/** The first choice of whatever must be chosen. */
const linesOf = (items: readonly MenuItemJson[], dishes: Dishes) =>
  Object.entries(dishes).map(([name, quantity]) => {
    const item = items.find((one) => one.name === name)
    if (item === undefined) throw new Error(`"${name}" is not on the menu`)
    const options = item.options
      .filter(({ required }) => required)
      .map((option) => ({ option_id: option.id, choice: option.choices[0]?.id }))
    return { menu_id: item.id, quantity, options }
  })

async function order({ api }: World, url: string, items: readonly object[]): Promise<string> {
  const { pathname, hash } = new URL(url)
  const scanned = { table_id: pathname.split('/').at(-1), code: hash.slice(1) }
  const { access_token: token } = await api.ask<GuestJson>('POST', '/auth/guest', { body: scanned })
  const placed = await api.ask<PlacedOrderJson>('POST', '/orders', {
    token,
    key: randomUUID(),
    body: { items, payment_method: 'CARD' },
  })
  // Our page leads to the provider's; its button leads back, and the money is there.
  const checkout = await fetch(placed.payment_url ?? '')
  await checkout.text()
  await fetch(checkout.url, { method: 'POST', body: new URLSearchParams({ action: 'pay' }) })
  return placed.order_id
}
