import { gatherStock } from '../crash/gather.ts'
import { login, signIn, type SignedIn } from '../lib/account.ts'
import type { Api } from '../lib/api.ts'
import { ADMIN, CUSTOMER, OWNER } from '../lib/demo-data.ts'
import { seed } from '../lib/seed-restaurant.ts'
import type { MenuItemJson, MenuJson, OrderJson, PlacedOrderJson } from '../lib/shapes.ts'

const POINTS = 1_000_000

export interface Scene {
  api: Api
  restaurantId: string
  /** Logged in anew each time it is asked for. */
  admin: () => Promise<string>
  owner: () => Promise<string>
  member: SignedIn
  /** Places orders by points and gives their ids. */
  order: (count: number) => Promise<string[]>
  cancel: (orderId: string) => Promise<void>
  /** Logs the member in again. */
  comeBack: () => Promise<void>
}

const tokenOf = async (api: Api, account: typeof OWNER) => (await login(api, account)).access_token

/** The demo restaurant, where a member with points orders. */
export async function setScene(api: Api, state: string): Promise<Scene> {
  const { restaurantId, owner, tables } = await seed(api, state)
  await api.ask('PATCH', '/restaurants/me', {
    token: owner.access_token,
    body: { payment_methods: ['CARD', 'POINTS'] },
  })
  const { categories } = await api.ask<MenuJson>('GET', `/restaurants/${restaurantId}/menu`)
  const counted = new Set(
    (await gatherStock(api, owner.access_token, null)).map((row) => row.menuId),
  )
  const item = categories.flatMap(({ items }) => items).find(({ id }) => !counted.has(id))
  if (item === undefined) throw new Error('everything on the menu can run out')
  let member = await signIn(api, CUSTOMER)
  await api.ask('POST', `/users/${member.user.id}/points/charge`, {
    token: member.access_token,
    key: 'drill-charge',
    body: { amount: POINTS },
  })
  let placed = 0
  return {
    api,
    restaurantId,
    admin: () => tokenOf(api, ADMIN),
    owner: () => tokenOf(api, OWNER),
    get member() {
      return member
    },
    order: async (count) => {
      const ids: string[] = []
      for (let n = 0; n < count; n += 1) {
        placed += 1
        const table = tables[placed % tables.length]!
        ids.push((await placeOne(api, member, item, table.id, `drill-${placed}`)).order_id)
      }
      return ids
    },
    cancel: async (orderId) => {
      const token = member.access_token
      await api.ask('POST', `/orders/${orderId}/cancel`, { token, key: `c-${orderId}`, body: {} })
    },
    comeBack: async () => {
      member = await login(api, CUSTOMER)
    },
  }
}

const placeOne = (
  api: Api,
  { access_token: token }: SignedIn,
  item: MenuItemJson,
  table_id: string,
  key: string,
): Promise<PlacedOrderJson> =>
  api.ask<PlacedOrderJson>('POST', '/orders', {
    token,
    key,
    body: { table_id, items: [plainly(item)], payment_method: 'POINTS' },
  })

/** One of it, with the first choice where there has to be one. */
const plainly = ({ id: menu_id, options }: MenuItemJson) => ({
  menu_id,
  quantity: 1,
  options: options
    .filter(({ required }) => required)
    .flatMap(({ id: option_id, min, choices }) =>
      choices.slice(0, Math.max(1, min)).map(({ id: choice }) => ({ option_id, choice })),
    ),
})

/** What a list of orders names, oldest first. */
export const idsOf = (orders: readonly OrderJson[]): string[] =>
  orders.map(({ order_id }) => order_id).toSorted()
