import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { orderJson } from '../../src/domain/order/order-json.ts'
import { keepSecrets } from '../../src/restaurant/migrations/0004-keep-secrets.ts'
import { migrate, MIGRATIONS } from '../../src/restaurant/migrations/migrate.ts'
import { createStore } from '../../src/restaurant/store/store.ts'
import { anAsker, anOrder } from '../support/orders.ts'

describe('an object from before secrets were kept', () => {
  it('has none, and orders that were never unseen', async () => {
    const stub = env.RESTAURANTS.getByName('0fade0000002')
    const read = await runInDurableObject(stub, (_, { storage }) => {
      const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(keepSecrets))
      storage.transactionSync(() => migrate(storage.sql, 1, before))
      storage.sql.exec(
        `INSERT INTO orders (id, number, business_day, status, payment_status, payment_policy,
          payment_method, currency, total_amount, placed_amount, captured_amount, refunded_amount,
          refund_due_amount, session_id, lines, placed_at, owner)
        VALUES ('o', 'A001', '2026-11-20', 'PENDING', 'UNPAID', 'PREPAID', 'CARD', 'KRW', 0, 0, 0,
          0, 0, 's', '[]', 1, 's')`,
      )
      storage.transactionSync(() => migrate(storage.sql, 2))
      const { orders, secrets } = createStore(storage)
      return { order: orders.get('o'), hints: secrets.hints() }
    })
    expect(read).toMatchObject({ order: { id: 'o', unseenSince: null }, hints: [] })
  })
})

describe('an event from before orders could be unseen', () => {
  it('is read as one of an order that is not', () => {
    const { unseenSince: _, ...old } = anOrder({ unseenSince: null })
    const json = orderJson(old, { capturing: false }, anAsker('OWNER'))
    expect(json.unseen_since).toBeNull()
  })
})
