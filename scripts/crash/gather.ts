import type { Api } from '../lib/api.ts'
import type { OrderJson, Page, PaymentStatusJson, StockJson } from '../lib/shapes.ts'
import type { SeenOrder, StockRow } from './evidence.ts'

const PAGE = 100

async function allPages<T>(api: Api, path: string, token: string): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const query: string = new URLSearchParams({
      limit: String(PAGE),
      ...(cursor !== null && { cursor }),
    }).toString()
    const page: Page<T> = await api.ask<Page<T>>('GET', `${path}?${query}`, { token })
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return items
}

/** Every order of the restaurant as its owner reads it, with the ids of its payments. */
export async function gatherOrders(api: Api, owner: string): Promise<SeenOrder[]> {
  const orders = await allPages<OrderJson>(api, '/restaurants/me/orders', owner)
  const seen: SeenOrder[] = []
  for (const order of orders) {
    const { payments } = await api.ask<PaymentStatusJson>(
      'GET',
      `/orders/${order.order_id}/payment-status`,
      { token: owner },
    )
    seen.push({ order, paymentIds: payments.map(({ payment_id }) => payment_id) })
  }
  return seen
}

export const gatherListed = (api: Api, member: string): Promise<OrderJson[]> =>
  allPages<OrderJson>(api, '/orders', member)

/** Levels of the counted items; `initial` are the levels before the first order. */
export async function gatherStock(
  api: Api,
  owner: string,
  initial: ReadonlyMap<string, number> | null,
): Promise<StockRow[]> {
  const { items } = await api.ask<Page<StockJson>>(
    'GET',
    '/restaurants/me/inventory/levels?limit=100',
    { token: owner },
  )
  return items.flatMap(({ menu_id, name, level, reserved }) =>
    level === null || reserved === null
      ? []
      : [{ menuId: menu_id, name, initial: initial?.get(menu_id) ?? level, level, reserved }],
  )
}
