import { login, signIn, type SignedIn } from './account.ts'
import type { Api } from './api.ts'
import {
  CUSTOMER,
  DEMO_PASSWORD,
  MENU,
  OWNER,
  PAYING,
  RESTAURANT_NAME,
  TABLE_NAMES,
  type DemoItem,
} from './demo-data.ts'
import { ensureTeam } from './demo-team.ts'
import { ownRestaurant } from './own-restaurant.ts'

export interface Table {
  id: string
  name: string
  qr_url: string
}

interface MenuAnswer {
  categories: { id: string; name: string; items: { id: string; name: string }[] }[]
}

export interface Seeded {
  restaurantId: string
  owner: SignedIn
  tables: readonly Table[]
  /** How many things were made; 0 when everything was there. */
  made: number
}

interface Shop {
  api: Api
  token: string
  restaurantId: string
}

/** Fixed keys: a seeding that was cut off and starts again makes nothing twice. */
export const keyFor = (what: string) =>
  `seed-${what}`.replaceAll(/[^\x20-\x7e]/g, (sign) => (sign.codePointAt(0) ?? 0).toString(36))

/**
 * Puts the demo accounts, the restaurant, its menu and its tables there, as far as they are missing.
 * `state`: where the local database lies, for the first administrator's role; null = without the
 * platform's people.
 * `password`: of all accounts; elsewhere than on one's own machine another than everybody knows.
 */
export async function seed(
  api: Api,
  state: string | null,
  password = DEMO_PASSWORD,
): Promise<Seeded> {
  if (state !== null) await ensureTeam(api, state)
  const account = { ...OWNER, password }
  const owner = await signIn(api, account)
  const { restaurantId, created } = await ensureRestaurant(api, owner, password)
  // Memberships ride in the token: the first one was given before there was a restaurant.
  const fresh = created ? await login(api, account) : owner
  const shop = { api, token: fresh.access_token, restaurantId }
  const madeItems = await ensureMenu(shop)
  const { tables, made: madeTables } = await ensureTables(shop)
  const made = Number(created) + madeItems + madeTables
  return { restaurantId, owner: fresh, tables, made }
}

const asOwner = ({ token, restaurantId }: Shop) => ({
  token,
  headers: { 'x-restaurant-id': restaurantId },
})

async function ensureRestaurant(
  api: Api,
  { access_token: token }: SignedIn,
  password: string,
): Promise<{ restaurantId: string; created: boolean }> {
  const present = await ownRestaurant(api, token)
  if (present !== null) return { restaurantId: present.id, created: false }
  // Before the restaurant: where it stands, everything of this step was done.
  await signIn(api, { ...CUSTOMER, password })
  const { id } = await api.ask<{ id: string }>('POST', '/restaurants', {
    token,
    key: keyFor('restaurant'),
    body: { name: RESTAURANT_NAME, ...PAYING },
  })
  return { restaurantId: id, created: true }
}

async function ensureMenu(shop: Shop): Promise<number> {
  const { categories } = await shop.api.ask<MenuAnswer>(
    'GET',
    `/restaurants/${shop.restaurantId}/menu`,
  )
  let made = 0
  for (const { category, items } of MENU) {
    const present = categories.find(({ name }) => name === category)
    const categoryId = present?.id ?? (await createCategory(shop, category))
    const missing = items.filter((item) => !present?.items.some(({ name }) => name === item.name))
    for (const item of missing) await createItem(shop, categoryId, item)
    made += missing.length + Number(present === undefined)
  }
  return made
}

async function createCategory(shop: Shop, name: string): Promise<string> {
  const { id } = await shop.api.ask<{ id: string }>('POST', '/restaurants/me/categories', {
    ...asOwner(shop),
    key: keyFor(`category-${name}`),
    body: { name },
  })
  return id
}

async function createItem(shop: Shop, categoryId: string, item: DemoItem): Promise<void> {
  const { stock, ...fields } = item
  const { id } = await shop.api.ask<{ id: string }>('POST', '/restaurants/me/items', {
    ...asOwner(shop),
    key: keyFor(`item-${item.name}`),
    body: { category_id: categoryId, ...fields },
  })
  if (stock === undefined) return
  await shop.api.ask('POST', '/restaurants/me/inventory/adjustments', {
    ...asOwner(shop),
    key: keyFor(`stock-${item.name}`),
    body: { menu_id: id, set: stock, reason: 'first stock' },
  })
}

async function ensureTables(shop: Shop): Promise<{ tables: Table[]; made: number }> {
  const list = () => shop.api.ask<{ items: Table[] }>('GET', '/tables?limit=100', asOwner(shop))
  const { items: present } = await list()
  const missing = TABLE_NAMES.filter((name) => !present.some((table) => table.name === name))
  for (const name of missing)
    await shop.api.ask('POST', '/tables', {
      ...asOwner(shop),
      key: keyFor(`table-${name}`),
      body: { name },
    })
  const all = missing.length > 0 ? (await list()).items : present
  const tables = all.filter(({ name }) => TABLE_NAMES.includes(name))
  return { tables, made: missing.length }
}
