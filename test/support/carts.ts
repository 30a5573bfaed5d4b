import type { z } from '@hono/zod-openapi'
import type { cartSchema, mergedCart } from '../../src/http/schemas/carts.ts'
import { stranger, type Person, type Reply } from './story-people.ts'
import { expectStatus, openPlace, type Place } from './story-restaurant.ts'
import { openStory, type Story } from './story.ts'

export type CartBody = z.output<typeof cartSchema>
export type MergedBody = z.output<typeof mergedCart>

/** Somebody without a token, who keeps a session's id to themselves. */
export function shopper(story: Story, sessionId: string = crypto.randomUUID()) {
  const who = stranger(story)
  const own = { 'x-session-id': sessionId }
  type Wish = NonNullable<Parameters<Person['post']>[2]>
  const mine = (wish: Wish = {}): Wish => ({ ...wish, headers: { ...own, ...wish.headers } })
  return {
    sessionId,
    get: <T>(path: string) => who.get<T>(path, own),
    post: <T>(path: string, body?: unknown, wish?: Wish) => who.post<T>(path, body, mine(wish)),
    put: <T>(path: string, body?: unknown, wish?: Wish) => who.put<T>(path, body, mine(wish)),
    delete: <T>(path: string, wish?: Wish) => who.delete<T>(path, mine(wish)),
  }
}

export type Shopper = Pick<Person, 'get' | 'post' | 'put' | 'delete'>

const ITEMS = '/carts/current/items'

export const cartOf = async (who: Pick<Shopper, 'get'>, query = ''): Promise<CartBody> =>
  expectStatus(await who.get<CartBody>(`/carts/current${query}`), 200)

/** Adds so many of an item; answered as it comes. */
export const add = (who: Shopper, line: object, more: object = {}, key?: string | null) =>
  who.post<CartBody>(ITEMS, { ...line, ...more }, key === undefined ? {} : { key })
export const added = async (who: Shopper, line: object, more: object = {}): Promise<CartBody> =>
  expectStatus(await add(who, line, more), 200)

export const setLine = (who: Shopper, line: object, more: object = {}) =>
  who.put<CartBody>(ITEMS, { ...line, ...more })
export const setQuantity = (who: Shopper, id: string, quantity: number, more: object = {}) =>
  who.put<CartBody>(`${ITEMS}/${id}`, { quantity, ...more })
export const remove = (who: Shopper, id: string) => who.delete<CartBody>(`${ITEMS}/${id}`)

/** `2 × 콜라`, in the cart's order. */
export const inCart = ({ items }: Pick<CartBody, 'items'>): string[] =>
  items.map(({ quantity, name }) => `${quantity} × ${name}`)

export const reasonOf = ({ status, body }: Reply<unknown>) => [
  status,
  body.error.reason ?? body.error.code,
]

/** A restaurant where anyone may order, and its lines. */
export async function shop(settings: Record<string, unknown> = {}, story = openStory()) {
  const place = await openPlace(story, { table_access: 'OPEN', ...settings })
  return { story, place, ...linesOf(place) }
}

export const linesOf = (place: Place) => ({
  cola: { menu_id: place.cola.id, quantity: 1 },
  /** 18,500 each. */
  spicy: place.spicy,
})

export const markSoldOut = async (
  { owner }: Place,
  { id }: { id: string },
  soldOut: boolean,
): Promise<void> => {
  const marked = await owner.put(`/restaurants/me/items/${id}/sold-out`, { sold_out: soldOut })
  expectStatus(marked, 200)
}
