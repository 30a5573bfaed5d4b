import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { restaurantKeyOf } from '../../src/domain/ids.ts'
import { keepPast, putRows, rowsOf, type Rows } from './object-past.ts'

const objectOf = (restaurantId: string) => env.RESTAURANTS.getByName(restaurantKeyOf(restaurantId))

/** Everything an object has, as a restore would bring it back. */
export const copyOf = (restaurantId: string): Promise<Rows> =>
  runInDurableObject(objectOf(restaurantId), (_, { storage }) => rowsOf(storage.sql))

/** The object as it was then, and started anew. */
export async function putBack(restaurantId: string, copy: Rows): Promise<void> {
  await runInDurableObject(objectOf(restaurantId), (_, { storage }) => putRows(storage, copy))
  await evictDurableObject(objectOf(restaurantId))
}

/** From now on the object's storage can go back to what it is at this moment. */
export async function keepMoment(restaurantId: string, at: number): Promise<void> {
  keepPast(restaurantKeyOf(restaurantId), at, await copyOf(restaurantId))
}
