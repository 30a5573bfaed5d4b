import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { CartState } from '../../domain/cart/cart.ts'
import { carts } from '../schema/carts.ts'
import { once, repeatable } from '../unavailable.ts'
import type { CartRepository } from './cart-ports.ts'

const versionOf = (owner: string) =>
  sql`coalesce((SELECT c.version FROM carts c WHERE c.owner = ${owner}), 0)`

/** What somebody wants, in D1. Changes are never repeated here: the caller's key says if one was made. */
export function createCartRepository(database: D1Database): CartRepository {
  const db = drizzle(database)
  const byOwner = (owner: string) => db.select().from(carts).where(eq(carts.owner, owner))

  return {
    of: async (owner) => (await once(() => byOwner(owner).get())) ?? null,

    async save(cart, from) {
      const write = from === 0 ? insertion(db, cart) : overwriting(db, cart, from)
      const [written, [current]] = await once(() => db.batch([write, byOwner(cart.owner)]))
      return { saved: written.length > 0, current: current ?? null }
    },

    async merge(merged, from, emptied, fromOther) {
      const given = sql`EXISTS (SELECT 1 FROM carts g WHERE g.id = ${emptied.id})`
      const [, written] = await once(() =>
        db.batch([
          db
            .update(carts)
            .set(emptied)
            .where(and(isAt(emptied, fromOther), sql`${versionOf(merged.owner)} = ${from}`)),
          from === 0
            ? db
                .insert(carts)
                .select(sql`${valuesOf(merged)} WHERE ${given}`)
                .onConflictDoNothing()
                .returning({ version: carts.version })
            : db
                .update(carts)
                .set(merged)
                .where(and(isAt(merged, from), given))
                .returning({ version: carts.version }),
        ]),
      )
      return { saved: written.length > 0 }
    },

    async sweep(now, limit) {
      const over = db
        .select({ id: carts.id })
        .from(carts)
        .where(lte(carts.expiresAt, now))
        .limit(limit)
      const swept = await repeatable(() => db.delete(carts).where(inArray(carts.id, over)).run())
      return swept.meta.changes
    },
  }
}

const isAt = ({ owner }: CartState, version: number) =>
  and(eq(carts.owner, owner), eq(carts.version, version))

const insertion = (db: DrizzleD1Database, cart: CartState) =>
  db.insert(carts).values(cart).onConflictDoNothing().returning({ version: carts.version })

const overwriting = (db: DrizzleD1Database, cart: CartState, from: number) =>
  db.update(carts).set(cart).where(isAt(cart, from)).returning({ version: carts.version })

/** Columns in the table's order. */
const valuesOf = (cart: CartState) =>
  sql`SELECT ${cart.id}, ${cart.owner}, ${cart.restaurantId}, ${JSON.stringify(cart.lines)},
    ${cart.version}, ${JSON.stringify(cart.recentKeys)}, ${cart.createdAt}, ${cart.updatedAt},
    ${cart.expiresAt}`
