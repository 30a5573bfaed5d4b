import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createSqliteStore } from '../../sandbox/sqlite-store.ts'
import type { SandboxPayment } from '../../sandbox/toss/payment.ts'
import { createMemoryStore, type TossStore } from '../../sandbox/toss/store.ts'
import { MINUTE } from './world.ts'

const payment = (change: Partial<SandboxPayment>): SandboxPayment => ({
  paymentKey: 'tsbx1',
  merchant: 'test_sk_ours',
  orderId: 'order-000001',
  orderName: '주문 #A001',
  method: 'CARD',
  currency: 'KRW',
  totalAmount: 18_000,
  balanceAmount: 18_000,
  status: 'READY',
  requestedAt: 0,
  authenticatedAt: null,
  approvedAt: null,
  lastTransactionKey: null,
  cancels: [],
  failure: null,
  successUrl: 'http://shop.test/ok',
  failUrl: 'http://shop.test/no',
  bankCode: null,
  validHours: 168,
  virtualAccount: null,
  secret: null,
  partialCancelable: true,
  ...change,
})

const KINDS: [string, (test: (store: TossStore) => void) => unknown][] = [
  ['in memory', (test) => test(createMemoryStore())],
  [
    'in SQLite',
    (test) =>
      runInDurableObject(env.RESTAURANTS.getByName(crypto.randomUUID()), (_, state) =>
        test(createSqliteStore(state.storage.sql)),
      ),
  ],
]

describe.each(KINDS)('the store of payments %s', (_, withStore) => {
  it('finds a payment by its key, and by order within its shop', async () => {
    await withStore((store) => {
      store.put(payment({}))
      expect(store.get('tsbx1')).toEqual(payment({}))
      expect(store.get('tsbx2')).toBeNull()
      expect(store.findByOrder('test_sk_ours', 'order-000001')?.paymentKey).toBe('tsbx1')
      expect(store.findByOrder('test_sk_theirs', 'order-000001')).toBeNull()
    })
  })

  it('keeps the last state of a payment, and lists the newest first', async () => {
    await withStore((store) => {
      store.put(payment({}))
      store.put(payment({ paymentKey: 'tsbx2', orderId: 'order-000002' }))
      store.put(payment({ status: 'IN_PROGRESS', authenticatedAt: 5 }))
      expect(store.list(10).map((p) => [p.paymentKey, p.status])).toEqual([
        ['tsbx2', 'READY'],
        ['tsbx1', 'IN_PROGRESS'],
      ])
      expect(store.list(1)).toHaveLength(1)
    })
  })

  it('knows what has lapsed and what lapses next', async () => {
    await withStore((store) => {
      expect(store.nextLapse()).toBeNull()
      store.put(payment({}))
      store.put(payment({ paymentKey: 'tsbx2', orderId: 'order-000002', requestedAt: 7 }))
      store.put(payment({ paymentKey: 'tsbx3', orderId: 'order-000003', status: 'DONE' }))
      expect(store.nextLapse()).toBe(30 * MINUTE)
      expect(store.lapsed(30 * MINUTE - 1)).toEqual([])
      expect(store.lapsed(30 * MINUTE).map((p) => p.paymentKey)).toEqual(['tsbx1'])
      store.put(payment({ status: 'EXPIRED' }))
      expect(store.nextLapse()).toBe(30 * MINUTE + 7)
    })
  })

  it('keeps an answer under its key', async () => {
    await withStore((store) => {
      const answer = { at: 3, status: 200, body: '{"a":1}' }
      expect(store.answerTo('one')).toBeNull()
      store.remember('one', answer)
      expect(store.answerTo('one')).toEqual(answer)
    })
  })
})
