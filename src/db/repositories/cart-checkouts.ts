import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { CheckoutState } from '../../domain/cart/cart.ts'
import { cartCheckouts, carts } from '../schema/carts.ts'
import { once, repeatable } from '../unavailable.ts'
import type { CheckoutRepository } from './cart-ports.ts'

type Named = Pick<CheckoutState, 'owner' | 'idempotencyKey'>

const isThis = ({ owner, idempotencyKey }: Named) =>
  and(eq(cartCheckouts.owner, owner), eq(cartCheckouts.idempotencyKey, idempotencyKey))

/** Orders that are being placed from carts, in D1. */
export function createCheckoutRepository(database: D1Database): CheckoutRepository {
  const db = drizzle(database)

  return {
    ...steps(db),

    async read(named) {
      const [[checkout], [cart]] = await once(() =>
        db.batch([
          db.select().from(cartCheckouts).where(isThis(named)),
          db.select().from(carts).where(eq(carts.owner, named.owner)),
        ]),
      )
      return { checkout: checkout ?? null, cart: cart ?? null }
    },

    async drop(checkout) {
      await repeatable(() =>
        db
          .delete(cartCheckouts)
          .where(and(isThis(checkout), isNull(cartCheckouts.orderId)))
          .run(),
      )
    },

    unfinished: (startedBefore, limit) =>
      once(() =>
        db
          .select()
          .from(cartCheckouts)
          .where(and(isNull(cartCheckouts.orderId), lt(cartCheckouts.startedAt, startedBefore)))
          .orderBy(asc(cartCheckouts.startedAt))
          .limit(limit)
          .all(),
      ),

    async sweep(startedBefore, limit) {
      const past = db
        .select({ rowid: sql`rowid` })
        .from(cartCheckouts)
        .where(and(isNotNull(cartCheckouts.orderId), lt(cartCheckouts.startedAt, startedBefore)))
        .limit(limit)
      const swept = await repeatable(() =>
        db
          .delete(cartCheckouts)
          .where(inArray(sql`rowid`, past))
          .run(),
      )
      return swept.meta.changes
    },
  }
}

/** From the cart's lines to the order that has them. */
function steps(db: DrizzleD1Database): Pick<CheckoutRepository, 'begin' | 'finish'> {
  return {
    async begin({ owner, key, fingerprint, cartId, restaurantKey, now }) {
      const others = and(
        eq(cartCheckouts.owner, owner),
        ne(cartCheckouts.idempotencyKey, key),
        isNull(cartCheckouts.orderId),
      )
      const lines = sql`SELECT ${owner}, ${key}, ${fingerprint}, c.id, c.restaurant_id, c.lines, ${now}, NULL
        FROM carts c WHERE c.owner = ${owner} AND c.restaurant_id IS NOT NULL
        AND c.expires_at > ${now} AND c.id = coalesce(${cartId}, c.id)
        AND substr(c.restaurant_id, -12) = coalesce(${restaurantKey}, substr(c.restaurant_id, -12))
        AND NOT EXISTS (SELECT 1 FROM cart_checkouts WHERE ${others})`
      const [, [checkout], [cart], [other]] = await repeatable(() =>
        db.batch([
          db.insert(cartCheckouts).select(lines).onConflictDoNothing(),
          db
            .select()
            .from(cartCheckouts)
            .where(isThis({ owner, idempotencyKey: key })),
          db.select().from(carts).where(eq(carts.owner, owner)),
          db.select().from(cartCheckouts).where(others).limit(1),
        ]),
      )
      return {
        checkout: checkout ?? null,
        cart: cart ?? null,
        other: other ?? null,
      }
    },

    async finish(checkout, orderId, cart, from) {
      const { owner, idempotencyKey } = checkout
      const stands = sql`coalesce((SELECT c.version FROM carts c WHERE c.owner = ${owner}), 0) = ${from}`
      // Another request under this key may have been refused and dropped it: it is entered again.
      const note = db
        .insert(cartCheckouts)
        .select(sql`${valuesOf({ ...checkout, orderId })} WHERE ${stands}`)
        .onConflictDoUpdate({
          target: [cartCheckouts.owner, cartCheckouts.idempotencyKey],
          set: { orderId },
          setWhere: isNull(cartCheckouts.orderId),
        })
      const done = db
        .select({ orderId: cartCheckouts.orderId })
        .from(cartCheckouts)
        .where(and(isThis(checkout), isNotNull(cartCheckouts.orderId)))
      if (cart === null) {
        const [, noted] = await repeatable(() => db.batch([note, done]))
        return noted.length > 0
      }
      // Every finish raises the version: one that stands at `from` has not been taken from yet.
      const noted = sql`EXISTS (SELECT 1 FROM cart_checkouts k WHERE k.owner = ${owner}
        AND k.idempotency_key = ${idempotencyKey} AND k.order_id = ${orderId})`
      const take = db
        .update(carts)
        .set(cart)
        .where(and(eq(carts.owner, owner), eq(carts.version, from), noted))
      const [, , written] = await repeatable(() => db.batch([note, take, done]))
      return written.length > 0
    },
  }
}

/** Columns in the table's order. */
const valuesOf = (checkout: CheckoutState) =>
  sql`SELECT ${checkout.owner}, ${checkout.idempotencyKey}, ${checkout.fingerprint}, ${checkout.cartId},
    ${checkout.restaurantId}, ${JSON.stringify(checkout.lines)}, ${checkout.startedAt}, ${checkout.orderId}`
