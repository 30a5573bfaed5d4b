import { and, asc, desc, eq, lt, lte, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { AuditEntry } from '../../domain/audit.ts'
import { firstTimedId } from '../../domain/ids.ts'
import type { EarlierRequests } from '../../domain/support/refund-policy.ts'
import type { RefundRequest } from '../../domain/support/refund-request.ts'
import { refundRequests } from '../schema/support.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import { activityStatement } from './support-activity.ts'
import type { RefundRequests } from './support-ports.ts'

type Db = ReturnType<typeof drizzle>
type Row = typeof refundRequests.$inferSelect

const requestOf = (row: Row): RefundRequest => {
  const { changeId: _, idempotencyKey: __, fingerprint: ___, ...request } = row
  return request
}

/** Refunds that support asks for, in D1: its one writer sees changes one after the other. */
export function createRefundRequests(database: D1Database): RefundRequests {
  const db = drizzle(database)
  return { ...writing(db), ...reading(db) }
}

const { id: ID, state: STATE, changeId: CHANGE } = refundRequests
const isOf = (id: string) => eq(ID, id)

/** Whether the batch has made the change that this line tells of: the row says by which it was left. */
const madeBy = (id: string, audit: AuditEntry): SQL =>
  there(refundRequests, and(isOf(id), eq(CHANGE, audit.id)))

/** All there ever were of the order but those that failed; of those refused, what a person refused. */
const countOfOrder = (orderId: string): SQL =>
  sql`(SELECT count(*) FROM refund_requests WHERE order_id = ${orderId}
    AND (state IN ('REQUESTED', 'APPROVED', 'DONE')
      OR state = 'REFUSED' AND decided_by IS NOT NULL))`
/** Neither refused nor failed, since that time. */
const countOfCustomer = (userId: string | null, since: number): SQL =>
  userId === null
    ? sql`0`
    : sql`(SELECT count(*) FROM refund_requests WHERE user_id = ${userId}
        AND id >= ${firstTimedId(since)} AND state IN ('REQUESTED', 'APPROVED', 'DONE'))`

function writing(db: Db): Pick<RefundRequests, 'insert' | 'decide' | 'settle' | 'postpone'> {
  return {
    async insert(request, { idempotencyKey, fingerprint }, seen, { audit, activity }) {
      const { id, orderId, restaurantId, userId, state, amount, sum, currency, reason } = request
      const { policy, requestedBy, requestedAt, lookAt, lines } = request
      const asSeen = sql`${countOfOrder(orderId)} = ${seen.ofOrder}
        AND ${countOfCustomer(userId, seen.since)} = ${seen.ofCustomer}`
      const made = madeBy(id, audit)
      const insertion = db
        .insert(refundRequests)
        .select(
          sql`SELECT ${id}, ${orderId}, ${restaurantId}, ${userId}, ${state}, ${amount},
            ${lines === null ? null : JSON.stringify(lines)}, ${sum}, ${currency}, ${reason},
            ${policy}, ${requestedBy}, ${requestedAt}, NULL, NULL, NULL, NULL, NULL,
            ${audit.id}, ${lookAt}, ${idempotencyKey}, ${fingerprint} WHERE ${asSeen}`,
        )
        .onConflictDoNothing()
      const standing = db.select({ id: ID }).from(refundRequests).where(isOf(id))
      const [, found] = await repeatable(() =>
        db.batch([
          insertion,
          standing,
          auditStatementWhere(db, audit, made),
          activityStatement(db, activity, made),
        ]),
      )
      return found.length > 0
    },

    async decide(id, { state, by, at, note, lookAt }, { audit, activity }) {
      const made = madeBy(id, audit)
      const decision = db
        .update(refundRequests)
        .set({
          state,
          decidedBy: by,
          decidedAt: at,
          decisionNote: note,
          lookAt,
          changeId: audit.id,
        })
        .where(
          and(
            isOf(id),
            eq(STATE, 'REQUESTED'),
            // Four eyes, held here too: whoever calls.
            sql`${refundRequests.requestedBy} <> ${by} AND ${refundRequests.userId} IS NOT ${by}`,
          ),
        )
      const standing = db.select().from(refundRequests).where(isOf(id))
      const [, [row]] = await repeatable(() =>
        db.batch([
          decision,
          standing,
          auditStatementWhere(db, audit, made),
          activityStatement(db, activity, made),
        ]),
      )
      return row === undefined ? null : requestOf(row)
    },

    async settle(id, outcome, audit) {
      const [, [row]] = await repeatable(() =>
        db.batch([
          db
            .update(refundRequests)
            .set({ ...outcome, lookAt: null, changeId: audit.id })
            .where(and(isOf(id), eq(STATE, 'APPROVED'))),
          db.select().from(refundRequests).where(isOf(id)),
          auditStatementWhere(db, audit, madeBy(id, audit)),
        ]),
      )
      return row === undefined ? null : requestOf(row)
    },

    async postpone(id, lookAt) {
      const open = and(isOf(id), eq(STATE, 'APPROVED'))
      await repeatable(() => db.update(refundRequests).set({ lookAt }).where(open).run())
    },
  }
}

type Reading = Omit<RefundRequests, 'insert' | 'decide' | 'settle' | 'postpone'>

function reading(db: Db): Reading {
  const one = async (where: SQL | undefined): Promise<Row | null> =>
    (await once(() => db.select().from(refundRequests).where(where).get())) ?? null
  return {
    async byKey(requestedBy, idempotencyKey) {
      const row = await one(
        and(
          eq(refundRequests.requestedBy, requestedBy),
          eq(refundRequests.idempotencyKey, idempotencyKey),
        ),
      )
      return row && { request: requestOf(row), fingerprint: row.fingerprint }
    },

    async byId(id) {
      const row = await one(isOf(id))
      return row && requestOf(row)
    },

    async openOf(orderId) {
      // Literals: only so can SQLite see that the partial index fits.
      const open = sql`${refundRequests.orderId} = ${orderId} AND ${STATE} IN ('REQUESTED', 'APPROVED')`
      const row = await one(open)
      return row && requestOf(row)
    },

    earlier: ({ orderId, userId, since }) =>
      once(() =>
        db.get<EarlierRequests>(sql`SELECT ${countOfOrder(orderId)} AS "ofOrder",
          ${countOfCustomer(userId, since)} AS "ofCustomer"`),
      ),

    async waiting(now, limit) {
      const rows = await once(() =>
        db
          .select()
          .from(refundRequests)
          .where(lte(refundRequests.lookAt, now))
          .orderBy(asc(refundRequests.lookAt))
          .limit(limit)
          .all(),
      )
      return rows.map(requestOf)
    },

    async page({ state, orderId, userId }, { limit, beforeId }) {
      const rows = await once(() =>
        db
          .select()
          .from(refundRequests)
          .where(
            and(
              state === null ? undefined : eq(STATE, state),
              orderId === null ? undefined : eq(refundRequests.orderId, orderId),
              userId === null ? undefined : eq(refundRequests.userId, userId),
              beforeId === null ? undefined : lt(ID, beforeId),
            ),
          )
          .orderBy(desc(ID))
          .limit(limit)
          .all(),
      )
      return rows.map(requestOf)
    },
  }
}
