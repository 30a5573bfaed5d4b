import { compare, type Comparison } from '../compare.ts'
import { load, type Call } from '../load.ts'
import { MEMBERS, nth, type World } from './world.ts'

const JSON_BODY = { 'content-type': 'application/json' }

/** Every member sets one of the lines of their cart, each time to another number. */
export async function updatingCarts(
  { origin, members, restaurant }: World,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Comparison> {
  const { items } = JSON.parse(restaurant.body) as { items: { menu_id: string }[] }
  const owners = JSON.stringify(members.map(({ userId }) => userId))
  const made = await fetch(`${origin}/floor/cart`, { method: 'POST', body: owners })
  if (!made.ok) throw new Error(`carts of the floor: ${await made.text()}`)
  let turn = 0
  const line = () => ({ ...nth(items, turn++), quantity: 1 + (turn % 9) })
  const change = (n: number): Call => ({
    path: '/api/v1/carts/current/items',
    method: 'PUT',
    headers: { ...JSON_BODY, authorization: `Bearer ${nth(members, n).token}` },
    body: JSON.stringify(line()),
  })
  const bare = (n: number): Call => ({
    path: '/floor/cart',
    method: 'PUT',
    headers: { ...JSON_BODY, 'x-owner': nth(members, n).userId },
    body: JSON.stringify([line(), line(), line()]),
  })
  return compare(
    rounds,
    () => load(origin, MEMBERS, seconds, 200, bare),
    () => load(origin, MEMBERS, seconds, 200, change),
  )
}
