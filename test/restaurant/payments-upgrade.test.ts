import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { takeEveryPayment } from '../../src/restaurant/migrations/0006-take-every-payment.ts'
import { migrate, MIGRATIONS } from '../../src/restaurant/migrations/migrate.ts'
import { createStore } from '../../src/restaurant/store/store.ts'

/** What SQLite knows of each table, column by column. */
const shapeOf = ({ sql }: DurableObjectStorage): Record<string, unknown[]> => {
  const tables = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' ORDER BY name",
    )
    .toArray()
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      sql
        .exec(`SELECT name, type, "notnull", dflt_value FROM pragma_table_info('${name}')`)
        .toArray(),
    ]),
  )
}

/** Payments of one order, with when their money came; null = it did not. */
const CAPTURES: Record<string, number | null> = { first: 20, twice: 30, never: null }

describe('an object from before several payments paid an order', () => {
  it('is as a fresh one is, and counts the payment that came first', async () => {
    const upgraded = await runInDurableObject(
      env.RESTAURANTS.getByName('0fade0000061'),
      (_, { storage }) => {
        const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(takeEveryPayment))
        storage.transactionSync(() => migrate(storage.sql, 1, before))
        for (const [id, capturedAt] of Object.entries(CAPTURES))
          storage.sql.exec(
            `INSERT INTO payments (id, order_id, provider, method, amount, currency, status,
              opened_at, expires_at, captured_at)
            VALUES (?, 'o', 'toss', 'CARD', 18000, 'KRW', ?, 1, 2, ?)`,
            id,
            capturedAt === null ? 'ENDED' : 'CAPTURED',
            capturedAt,
          )
        storage.sql.exec(
          `INSERT INTO refunds (id, payment_id, order_id, amount, reason, status, attempt,
            requested_at, requested_by)
          VALUES ('r', 'twice', 'o', 18000, 'PAID_TWICE', 'REQUESTED', 0, 31, 'system')`,
        )
        storage.transactionSync(() => migrate(storage.sql, 2))
        const { payments } = createStore(storage)
        return {
          shape: shapeOf(storage),
          payments: payments.ofOrder('o'),
          refund: payments.refund('r'),
        }
      },
    )
    const fresh = await runInDurableObject(
      env.RESTAURANTS.getByName('0fade0000062'),
      (_, { storage }) => {
        storage.transactionSync(() => migrate(storage.sql, 1))
        return shapeOf(storage)
      },
    )
    expect(upgraded.shape).toEqual(fresh)
    expect(upgraded.payments).toMatchObject([
      { id: 'first', counted: true, account: null, payerName: null, disputed: false },
      { id: 'never', counted: false },
      { id: 'twice', counted: false },
    ])
    expect(upgraded.refund).toMatchObject({ providerRef: null, lines: null, proof: null })
  })
})
