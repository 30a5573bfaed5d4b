import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { CAUSE_OF_CHARGE, pointsOf, type ChargeState } from '../../domain/wallet/charge.ts'
import { LEG } from '../../domain/wallet/ledger.ts'
import { walletCharges, walletEntries } from '../schema/wallet.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import { moveBalance, openWallet, pointsBrought } from './wallet-statements.ts'
import type { ChargeRepository, Versioned } from './wallet-ports.ts'

type Db = DrizzleD1Database
type Row = typeof walletCharges.$inferSelect

const stateOf = (row: Row): Versioned<ChargeState> => {
  const { version, status: _, idempotencyKey: __, fingerprint: ___, toldAt: ____, ...state } = row
  return { state, version }
}

/** Points being bought, in D1. */
export function createChargeRepository(database: D1Database): ChargeRepository {
  const db = drizzle(database)
  return { ...writing(db), ...reading(db) }
}

/** The points of a charge whose money is there, once. */
function credit(db: Db, charge: ChargeState, entryId: string, now: number) {
  const { id, userId, method } = charge
  const amount = pointsOf(charge)
  const points = sql`SELECT NULL, ${entryId}, w.user_id, 'ADD', ${CAUSE_OF_CHARGE[method]}, ${amount},
    w.balance + ${amount}, ${LEG.charge(id)}, NULL, ${id}, NULL, ${now}
    FROM wallets w JOIN wallet_charges c ON c.user_id = w.user_id
    WHERE c.id = ${id} AND c.status = 'CAPTURED' AND ${amount} > 0`
  return [
    openWallet(db, userId, now),
    db.insert(walletEntries).select(points).onConflictDoNothing({ target: walletEntries.leg }),
    moveBalance(db, sql`${userId}`, now),
  ] as const
}

function writing(db: Db): Pick<ChargeRepository, 'insert' | 'advance' | 'told'> {
  return {
    async insert(charge, key, entryId, audit = null) {
      const row: Row = {
        ...charge,
        ...key,
        status: charge.payment.status,
        toldAt: null,
        version: 1,
      }
      const isWritten = there(walletCharges, eq(walletCharges.id, charge.id))
      const [, , , , [standing]] = await repeatable(() =>
        db.batch([
          db
            .insert(walletCharges)
            .values(row)
            .onConflictDoNothing({
              target: [walletCharges.askedBy, walletCharges.idempotencyKey],
            }),
          ...credit(db, charge, entryId, charge.createdAt),
          db
            .select({ id: walletCharges.id })
            .from(walletCharges)
            .where(eq(walletCharges.id, charge.id)),
          ...(audit ? [auditStatementWhere(db, audit, isWritten)] : []),
        ]),
      )
      return standing !== undefined
    },

    async advance({ state, version }, entryId) {
      const { id, payment, lookAt } = state
      const now = payment.capturedAt ?? state.createdAt
      // A repeat after a lost answer finds its own state there already.
      const mine = sql`${walletCharges.version} = ${version + 1}
        AND ${walletCharges.payment} = ${JSON.stringify(payment)}`
      const [, , , , [standing]] = await repeatable(() =>
        db.batch([
          db
            .update(walletCharges)
            .set({ status: payment.status, payment, lookAt, version: version + 1 })
            .where(and(eq(walletCharges.id, id), eq(walletCharges.version, version))),
          ...credit(db, state, entryId, now),
          db
            .select({ id: walletCharges.id })
            .from(walletCharges)
            .where(and(eq(walletCharges.id, id), mine)),
        ]),
      )
      return standing !== undefined
    },

    async told(id, now, gapMs) {
      const free = or(isNull(walletCharges.toldAt), lte(walletCharges.toldAt, now - gapMs))
      const later = or(isNull(walletCharges.lookAt), gt(walletCharges.lookAt, now + gapMs))
      const [first] = await repeatable(() =>
        db.batch([
          db
            .update(walletCharges)
            .set({ toldAt: now, lookAt: now })
            .where(and(eq(walletCharges.id, id), free))
            .returning({ id: walletCharges.id }),
          db
            .update(walletCharges)
            .set({ lookAt: now + gapMs })
            .where(and(eq(walletCharges.id, id), later)),
        ]),
      )
      return first.length > 0
    },
  }
}

function reading(db: Db): Pick<ChargeRepository, 'byKey' | 'byId' | 'waiting' | 'refundable'> {
  return {
    async byKey(askedBy, idempotencyKey) {
      const row = await once(() =>
        db
          .select()
          .from(walletCharges)
          .where(
            and(
              eq(walletCharges.askedBy, askedBy),
              eq(walletCharges.idempotencyKey, idempotencyKey),
            ),
          )
          .get(),
      )
      return row === undefined ? null : { ...stateOf(row), fingerprint: row.fingerprint }
    },

    async byId(id) {
      const row = await once(() =>
        db.select().from(walletCharges).where(eq(walletCharges.id, id)).get(),
      )
      return row === undefined ? null : stateOf(row)
    },

    async waiting(now, limit) {
      const rows = await once(() =>
        db
          .select()
          .from(walletCharges)
          .where(lte(walletCharges.lookAt, now))
          .orderBy(asc(walletCharges.lookAt))
          .limit(limit)
          .all(),
      )
      return rows.map(stateOf)
    },

    refundable(userId) {
      const { id, method } = walletCharges
      const amount = pointsBrought(sql`wallet_charges.id`)
      const refunded = sql<number>`(SELECT coalesce(sum(p.value ->> 'amount'), 0)
        FROM wallet_refunds r, json_each(r.parts) p
        WHERE r.user_id = ${userId} AND p.value ->> 'paymentId' = wallet_charges.id)`
      return once(() =>
        db
          .select({ id, method, amount, refunded })
          .from(walletCharges)
          .where(
            and(
              eq(walletCharges.userId, userId),
              eq(walletCharges.status, 'CAPTURED'),
              sql`${amount} > ${refunded}`,
            ),
          )
          .orderBy(desc(id))
          .all(),
      )
    },
  }
}
