import type { Call } from '../load.ts'
import { newMembers, orderBy, type Member } from '../members.ts'
import { openBenchRestaurant } from '../restaurant.ts'
import type { DevServer } from './server.ts'

export type Restaurant = Awaited<ReturnType<typeof openBenchRestaurant>>

export const MEMBERS = 20
/** One for each order that the queue alone is to bring: a restaurant's messages wait for one another. */
const QUIET_RESTAURANTS = 20

export interface World {
  origin: string
  members: readonly Member[]
  restaurant: Restaurant
  quiet: readonly Restaurant[]
  /** What an order may write in its object. */
  orderRows: number
}

/** Accounts, and restaurants that nothing has happened in yet. */
export async function furnish(
  { origin, signingKey }: DevServer,
  orderRows: number,
): Promise<World> {
  const members = await newMembers(signingKey, MEMBERS)
  const body = JSON.stringify(members.map(({ sessionId, userId }) => ({ sessionId, userId })))
  const made = await fetch(`${origin}/bench/members`, { method: 'POST', body })
  if (!made.ok) throw new Error(`members: ${await made.text()}`)
  const restaurant = await openBenchRestaurant(origin, 1)
  const quiet: Restaurant[] = []
  while (quiet.length < QUIET_RESTAURANTS + 1) quiet.push(await openBenchRestaurant(origin, 1))
  return { origin, members, restaurant, quiet, orderRows }
}

/** The n-th, from the start again after the last. */
export const nth = <T>(all: readonly T[], n: number): T => {
  const one = all[n % all.length]
  if (one === undefined) throw new Error('nobody is there')
  return one
}

const JSON_BODY = { 'content-type': 'application/json' }

export const memberOrder = ({ members, restaurant }: World, n: number): Call =>
  orderBy(nth(members, n), restaurant.order(n))

/** The same of another restaurant, and nobody but the queue carries it into the read model. */
export function throughQueueAlone({ members }: World, restaurant: Restaurant): Call {
  const call = orderBy(nth(members, 0), restaurant.order(0))
  return { ...call, headers: { ...call.headers, 'x-bench-queue-alone': '1' } }
}

/** Bare route → one read of D1 → object; `copied`: and behind the answer a batch of D1. */
export const floorOrder = (world: World, n: number, copied: boolean): Call => ({
  path: `/floor/order?rows=${world.orderRows}${copied ? '&copied' : ''}`,
  method: 'POST',
  headers: { ...JSON_BODY, 'x-session': nth(world.members, n).sessionId },
  body: world.restaurant.body,
})

/** Bare route → queue → consumer → a batch of D1. */
export const floorMessage = ({ restaurant }: World): Call => ({
  path: '/floor/queued',
  method: 'POST',
  headers: JSON_BODY,
  body: restaurant.body,
})
