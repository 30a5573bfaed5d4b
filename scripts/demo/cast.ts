import { randomUUID } from 'node:crypto'
import { login } from '../lib/account.ts'
import { createApi, type Api } from '../lib/api.ts'
import { OWNER } from '../lib/demo-data.ts'
import { openLive, type Live } from '../lib/live.ts'
import { atRestaurant, ownRestaurant } from '../lib/own-restaurant.ts'
import type { Place } from '../lib/place.ts'
import type { Table } from '../lib/seed-restaurant.ts'
import type { GuestJson, MenuItemJson, MenuJson } from '../lib/shapes.ts'
import { stage } from './stage.ts'

/** Who takes part, and what they hold in their hands. */
export interface Cast {
  place: Place
  api: Api
  restaurantId: string
  owner: string
  table: Table
  board: Live
  guest: string
  menu: MenuJson
}

const TABLE = 'B3'

export const newKey = (): string => randomUUID()

/** The tablet logs in and opens the board; the guest scans the code and reads the menu. */
export async function assemble(place: Place): Promise<Cast> {
  const tablet = await openTablet(place, createApi(place.app))
  const guest = await scan(tablet.api, tablet.table)
  const menu = await readMenu(tablet.api, tablet.restaurantId)
  return { place, ...tablet, guest, menu }
}

async function openTablet(place: Place, plain: Api) {
  stage.scene('The owner opens the tablet')
  const { access_token: owner, user } = await login(plain, OWNER)
  const restaurant = await ownRestaurant(plain, owner)
  if (restaurant === null) throw new Error('there is no demo restaurant: npm run seed')
  const api = atRestaurant(plain, owner, restaurant.id)
  const { items: tables } = await api.ask<{ items: Table[] }>('GET', '/tables?limit=100', {
    token: owner,
  })
  const table = tables.find(({ name }) => name === TABLE)
  if (table === undefined) throw new Error(`there is no table ${TABLE}: npm run seed`)
  const path = `/ws/restaurants/${restaurant.id}`
  const board = await openLive({ origin: place.app, path, token: owner })
  const { message } = await board.next(({ type }) => type === 'SNAPSHOT', 'the board')
  const open = (message['orders'] as unknown[]).length
  stage.owner(`${user.name} · ${restaurant.name} · board is live, ${open} open orders`)
  return { api, restaurantId: restaurant.id, owner, table, board }
}

async function scan(api: Api, { id, name, qr_url }: Table): Promise<string> {
  stage.scene(`A guest sits down at table ${name}`)
  stage.guest(`scans ${qr_url}`)
  const body = { table_id: id, code: new URL(qr_url).hash.slice(1) }
  const { access_token } = await api.ask<GuestJson>('POST', '/auth/guest', { body })
  const wrong = await api.send('POST', '/auth/guest', { body: { ...body, code: 'not-the-code' } })
  stage.expect(wrong.status === 403, 'another code than the printed one is refused')
  return access_token
}

async function readMenu(api: Api, restaurantId: string): Promise<MenuJson> {
  const path = `/restaurants/${restaurantId}/menu`
  const first = await api.send('GET', path)
  const menu = first.body as MenuJson
  for (const { name, items } of menu.categories)
    stage.guest(`${name}: ${items.map((item) => item.name).join(', ')}`)
  const etag = first.headers.get('etag') ?? ''
  const second = await api.send('GET', path, { headers: { 'if-none-match': etag } })
  stage.expect(second.status === 304, `reading the menu again is a 304 (${etag})`)
  return menu
}

export function itemNamed({ menu }: Pick<Cast, 'menu'>, name: string): MenuItemJson {
  const item = menu.categories.flatMap(({ items }) => items).find((one) => one.name === name)
  if (item === undefined) throw new Error(`"${name}" is not on the menu: npm run seed`)
  return item
}

/** Options by their names; a choice may be named instead of its id. */
export function lineOf(item: MenuItemJson, quantity: number, choices: Record<string, string>) {
  const options = Object.entries(choices).map(([name, choice]) => {
    const option = item.options.find((one) => one.name === name)
    if (option === undefined) throw new Error(`"${item.name}" has no option "${name}"`)
    return { option_id: option.id, choice }
  })
  return { menu_id: item.id, quantity, options }
}
