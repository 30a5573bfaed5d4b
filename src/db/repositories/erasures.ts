import { and, asc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { cartOwner } from '../../domain/cart/owner.ts'
import { ERASURE_BLOCKERS, type ErasureBlocker } from '../../domain/identity/erasure.ts'
import { LEG } from '../../domain/wallet/ledger.ts'
import { erasureRestaurants, erasures } from '../schema/administration.ts'
import { cartCheckouts, carts } from '../schema/carts.ts'
import { deadLetters } from '../schema/dead-letters.ts'
import { feedEvents } from '../schema/feed.ts'
import { passwordResets } from '../schema/password-resets.ts'
import { membershipChanges, memberships } from '../schema/restaurants.ts'
import { sessions } from '../schema/sessions.ts'
import { users } from '../schema/users.ts'
import { walletCharges, walletEntries, walletRefunds } from '../schema/wallet.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import { endingStatements, sessionsOf } from './ending-sessions.ts'
import type { ErasureRepository } from './erasure-ports.ts'
import { forgetSupportStatements } from './support-notes.ts'
import { moveBalance } from './wallet-statements.ts'

type Db = ReturnType<typeof drizzle>

/** No hash of any password: nobody logs in by it. */
const NO_PASSWORD = ''

/** People being erased, in D1. */
export function createErasures(database: D1Database): ErasureRepository {
  const db = drizzle(database)
  return { ...asking(db), ...beginning(db), ...cleaning(db), ...restaurantsOf(db) }
}

/**
 * What is in the way, each as a question. A refund that support asked for is, until its restaurant is
 * known to have entered it: what erasing forgets there keeps it from being entered twice.
 */
const IN_THE_WAY: Record<ErasureBlocker, (userId: string) => SQL> = {
  OPEN_ORDERS: (userId) => sql`EXISTS (SELECT 1 FROM order_index WHERE user_id = ${userId}
    AND status IN ('PENDING', 'ACCEPTED', 'READY'))`,
  REFUND_DUE: (userId) => sql`(EXISTS (SELECT 1 FROM order_index WHERE user_id = ${userId}
      AND payment_status = 'REFUND_DUE')
    OR EXISTS (SELECT 1 FROM wallet_refunds WHERE user_id = ${userId} AND status = 'DUE'))`,
  REFUND_REQUESTED: (userId) => sql`(EXISTS (SELECT 1 FROM refund_requests WHERE user_id = ${userId}
      AND state IN ('REQUESTED', 'APPROVED'))
    OR EXISTS (SELECT 1 FROM refund_requests WHERE requested_by = ${userId}
      AND state = 'APPROVED'))`,
  POINTS_LEFT: (userId) =>
    sql`EXISTS (SELECT 1 FROM wallets WHERE user_id = ${userId} AND balance > 0)`,
  POINTS_ON_THE_WAY: (userId) => sql`(EXISTS (SELECT 1 FROM wallet_charges
      WHERE user_id = ${userId} AND look_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM wallet_refunds WHERE user_id = ${userId} AND try_at IS NOT NULL))`,
  LAST_OWNER: (userId) => sql`EXISTS (SELECT 1 FROM memberships own WHERE own.user_id = ${userId}
    AND own.role = 'OWNER' AND NOT EXISTS (SELECT 1 FROM memberships other
      WHERE other.restaurant_id = own.restaurant_id AND other.role = 'OWNER'
      AND other.user_id <> own.user_id))`,
  LAST_ADMIN: (userId) => sql`(EXISTS (SELECT 1 FROM users WHERE id = ${userId}
      AND role = 'ADMIN' AND locked_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM users WHERE id <> ${userId} AND role = 'ADMIN'
      AND locked_at IS NULL))`,
}

const asked = (forfeits: boolean): readonly ErasureBlocker[] =>
  ERASURE_BLOCKERS.filter((blocker) => !forfeits || blocker !== 'POINTS_LEFT')

function asking(db: Db): Pick<ErasureRepository, 'blockers' | 'progress' | 'open'> {
  return {
    async blockers(userId, forfeits) {
      const wanted = asked(forfeits)
      const standing = await once(() =>
        db
          .select(
            Object.fromEntries(
              wanted.map((name) => [name, sql<number>`${IN_THE_WAY[name](userId)}`.as(name)]),
            ),
          )
          .from(users)
          .where(eq(users.id, userId))
          .get(),
      )
      return wanted.filter((name) => standing?.[name] === 1)
    },

    async progress(userId) {
      const done = sql<number>`count(${erasureRestaurants.doneAt})`
      const row = await once(() =>
        db
          .select({
            userId: erasures.userId,
            askedBy: erasures.askedBy,
            askedAt: erasures.askedAt,
            doneAt: erasures.doneAt,
            restaurants: sql<number>`count(${erasureRestaurants.restaurantId})`,
            restaurantsDone: done,
          })
          .from(erasures)
          .leftJoin(erasureRestaurants, eq(erasureRestaurants.userId, erasures.userId))
          .where(eq(erasures.userId, userId))
          .groupBy(erasures.userId)
          .get(),
      )
      return row ?? null
    },

    open: (limit) =>
      once(() =>
        db
          .select()
          .from(erasures)
          .where(isNull(erasures.doneAt))
          // None is SQLite's first: what was never tried.
          .orderBy(asc(erasures.triedAt), asc(erasures.askedAt))
          .limit(limit)
          .all(),
      ),
  }
}

function beginning(db: Db): Pick<ErasureRepository, 'begin'> {
  return {
    async begin({ userId, askedBy, forfeitEntryId, ...ending }, audit) {
      const at = ending.endedAt
      const free = asked(forfeitEntryId !== null).map(
        (name) => sql`NOT ${IN_THE_WAY[name](userId)}`,
      )
      const stands = and(
        eq(users.id, userId),
        isNull(users.erasedAt),
        sql`EXISTS (SELECT 1 FROM users AS admin WHERE admin.id = ${askedBy}
          AND admin.role = 'ADMIN' AND admin.locked_at IS NULL)`,
        ...free,
      )
      // The note is written first; everything else asks for it.
      const noted = there(
        erasures,
        and(eq(erasures.userId, userId), eq(erasures.askedBy, askedBy), eq(erasures.askedAt, at)),
      )
      const now = and(eq(users.id, userId), isNull(users.erasedAt), noted)
      const whose = sql`(SELECT ${users.id} FROM ${users} WHERE ${now})`
      const [, , , , , toPush, , , , , , [begun]] = await repeatable(() =>
        db.batch([
          db
            .insert(erasures)
            .select(
              sql`SELECT ${userId}, ${askedBy}, ${at}, NULL, NULL FROM ${users} WHERE ${stands}`,
            )
            .onConflictDoNothing(),
          auditStatementWhere(db, audit, there(users, now)),
          ...endingStatements(db, sessionsOf(whose, null), ending),
          ...forfeit(db, { userId, entryId: forfeitEntryId, at }, sql`${whose} IS NOT NULL`),
          // Whoever it was works nowhere any more; the restaurants are told as of a dismissal.
          db
            .insert(membershipChanges)
            .select(
              sql`SELECT ${memberships.userId}, ${memberships.restaurantId}, 2, ${at}, 0
                FROM ${memberships} WHERE ${eq(memberships.userId, whose)}`,
            )
            .onConflictDoUpdate({
              target: [membershipChanges.userId, membershipChanges.restaurantId],
              set: {
                version: sql`${membershipChanges.version} + 1`,
                changedAt: at,
                told: false,
              },
            }),
          db.delete(memberships).where(eq(memberships.userId, whose)),
          db
            .update(users)
            .set({
              // Not to be foretold: whoever had registered it would stand in the way.
              email: sql`'erased-' || lower(hex(randomblob(16))) || '@erased.invalid'`,
              name: '',
              passwordHash: NO_PASSWORD,
              lockedAt: at,
              erasedAt: at,
            })
            .where(now),
          db.select({ id: erasures.userId }).from(erasures).where(noted),
        ]),
      )
      return begun === undefined ? null : toPush
    },
  }
}

/** The points that are left go, by an entry of their own. */
const forfeit = (
  db: Db,
  { userId, entryId, at }: { userId: string; entryId: string | null; at: number },
  goes: SQL,
) =>
  [
    db
      .insert(walletEntries)
      .select(
        sql`SELECT NULL, ${entryId ?? ''}, w.user_id, 'DEDUCT', 'FORFEIT', w.balance, 0,
          ${LEG.forfeit(userId)}, NULL, NULL, NULL, ${at} FROM wallets w
          WHERE w.user_id = ${userId} AND w.balance > 0 AND ${entryId} IS NOT NULL AND ${goes}`,
      )
      .onConflictDoNothing({ target: walletEntries.leg }),
    moveBalance(db, sql`${userId}`, at),
  ] as const

/** What people wrote or gave with points: reasons, payers' names, accounts, notes of proof. */
const PARTS_WITHOUT_WORDS = sql`(SELECT json_group_array(
    CASE WHEN json_type(part.value, '$.proof') = 'object'
      THEN json_set(part.value, '$.proof.note', '') ELSE json(part.value) END)
  FROM json_each(${walletRefunds.parts}) AS part)`
const PAYMENT_WITHOUT_PAYER = sql`json_set(${walletCharges.payment}, '$.payerName', NULL,
  '$.account', NULL, '$.checkoutUrl', NULL)`

/** As `forgetOrder` leaves them: codes of ours stay, words go. */
const FEED_WITHOUT_WORDS = sql`json_set(${feedEvents.data}, '$.order.message', NULL,
  '$.order.end_reason', CASE WHEN ${feedEvents.data} ->> '$.order.end_reason' GLOB '*[^A-Z0-9_]*'
    THEN NULL ELSE ${feedEvents.data} ->> '$.order.end_reason' END)`

function cleaning(db: Db): Pick<ErasureRepository, 'forgetLeftovers' | 'forgetSent'> {
  return {
    async forgetSent(userId) {
      const theirs = sql`(SELECT restaurant_id FROM erasure_restaurants WHERE user_id = ${userId})`
      await repeatable(() =>
        db.batch([
          db
            .update(feedEvents)
            .set({ data: FEED_WITHOUT_WORDS })
            .where(
              and(
                sql`${feedEvents.restaurantId} IN ${theirs}`,
                sql`${feedEvents.data} ->> '$.order.user_id' = ${userId}`,
              ),
            ),
          // Messages that were given up carry orders as they were. Their restaurants send the events
          // anew, so nothing is lost with them.
          db.delete(deadLetters).where(sql`instr(${deadLetters.body}, ${userId}) > 0`),
        ]),
      )
    },

    async forgetLeftovers(userId) {
      const owner = cartOwner({ userId, sessionId: '' })
      await repeatable(() =>
        db.batch([
          db.delete(passwordResets).where(eq(passwordResets.userId, userId)),
          db.delete(carts).where(eq(carts.owner, owner)),
          db.delete(cartCheckouts).where(eq(cartCheckouts.owner, owner)),
          db
            .update(walletCharges)
            .set({ payment: PAYMENT_WITHOUT_PAYER })
            .where(eq(walletCharges.userId, userId)),
          db
            .update(walletRefunds)
            .set({ reason: '', parts: PARTS_WITHOUT_WORDS })
            .where(eq(walletRefunds.userId, userId)),
          ...forgetSupportStatements(db, userId),
          db
            .delete(sessions)
            .where(
              and(
                eq(sessions.userId, userId),
                sql`NOT EXISTS (SELECT 1 FROM session_revocations r WHERE r.session_id = ${sessions.id})`,
              ),
            ),
        ]),
      )
    },
  }
}

/** Whether a copied order still has something of the person. */
const REMEMBERS = sql`(o.state ->> '$.specialRequests' IS NOT NULL OR o.state ->> '$.message' IS NOT NULL
  OR EXISTS (SELECT 1 FROM json_each(o.payments) p WHERE p.value ->> '$.payerName' IS NOT NULL
    OR p.value ->> '$.account' IS NOT NULL OR p.value ->> '$.checkoutUrl' IS NOT NULL))`

function restaurantsOf(
  db: Db,
): Pick<ErasureRepository, 'tried' | 'restaurantsLeft' | 'restaurantDone' | 'finish' | 'reopenAt'> {
  return {
    async tried(userId, at) {
      const own = eq(erasures.userId, userId)
      await repeatable(() => db.update(erasures).set({ triedAt: at }).where(own).run())
    },

    async restaurantsLeft(userId) {
      const [, , left] = await repeatable(() =>
        db.batch([
          db
            .insert(erasureRestaurants)
            .select(
              sql`SELECT DISTINCT o.user_id, o.restaurant_id, NULL FROM order_index o
                WHERE o.user_id = ${userId}`,
            )
            .onConflictDoNothing(),
          // An order that was on its way when its restaurant was asked.
          db
            .update(erasureRestaurants)
            .set({ doneAt: null })
            .where(
              and(
                eq(erasureRestaurants.userId, userId),
                sql`${erasureRestaurants.restaurantId} IN (SELECT o.restaurant_id
                  FROM order_index o WHERE o.user_id = ${userId} AND ${REMEMBERS})`,
              ),
            ),
          db
            .select({ id: erasureRestaurants.restaurantId })
            .from(erasureRestaurants)
            .where(and(eq(erasureRestaurants.userId, userId), isNull(erasureRestaurants.doneAt))),
        ]),
      )
      return left.map(({ id }) => id)
    },

    async restaurantDone(userId, restaurantId, at) {
      const named = and(
        eq(erasureRestaurants.userId, userId),
        eq(erasureRestaurants.restaurantId, restaurantId),
      )
      await repeatable(() => db.update(erasureRestaurants).set({ doneAt: at }).where(named).run())
    },

    async finish(userId, at) {
      const rest = and(eq(erasureRestaurants.userId, userId), isNull(erasureRestaurants.doneAt))
      const remembered = sql`EXISTS (SELECT 1 FROM order_index o
        WHERE o.user_id = ${userId} AND ${REMEMBERS})`
      const [, [standing]] = await repeatable(() =>
        db.batch([
          db
            .update(erasures)
            .set({ doneAt: at })
            .where(
              and(
                eq(erasures.userId, userId),
                isNull(erasures.doneAt),
                sql`NOT ${there(erasureRestaurants, rest)} AND NOT ${remembered}`,
              ),
            ),
          db.select({ doneAt: erasures.doneAt }).from(erasures).where(eq(erasures.userId, userId)),
        ]),
      )
      return standing?.doneAt !== null
    },

    async reopenAt(restaurantId) {
      const of = sql`(SELECT user_id FROM erasure_restaurants WHERE restaurant_id = ${restaurantId})`
      await repeatable(() =>
        db.batch([
          db
            .update(erasureRestaurants)
            .set({ doneAt: null })
            .where(eq(erasureRestaurants.restaurantId, restaurantId)),
          db
            .update(erasures)
            .set({ doneAt: null })
            .where(sql`${erasures.userId} IN ${of}`),
        ]),
      )
    },
  }
}
