import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../src/domain/audit.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import type { LogLine } from '../../../src/runtime.ts'
import { changeOrder, type OrderChangeWish } from '../../../src/usecases/admin/change-order.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import { idIn, newRestaurantId, random } from '../../support/identity.ts'
import { anAsker, anOrder } from '../../support/orders.ts'

function world() {
  const restaurantId = newRestaurantId()
  const order = anOrder({ id: idIn(restaurantId) })
  const seen = { steps: [] as string[], logged: [] as LogLine[], failing: new Set<string>() }
  const deps = {
    now: () => 0,
    random,
    log: (line: LogLine) => seen.logged.push(line),
    toTheEnd: <T>(work: () => Promise<T>) => work(),
    audit: {
      page: () => Promise.resolve([]),
      add: ({ action }: AuditEntry) => {
        seen.steps.push(action)
        return seen.failing.has(action)
          ? Promise.reject(new StorageUnavailableError(new Error('down')))
          : Promise.resolve()
      },
    },
    restaurants: () => ({
      query: ({ query }: { query: { type: string } }) =>
        Promise.resolve({
          ok: true,
          value:
            query.type === 'order' ? { order, payments: [], refunds: [] } : { id: restaurantId },
        }),
      execute: ({ command }: { command: { type: string } }) => {
        seen.steps.push(command.type)
        return Promise.resolve({ ok: true, value: order, replayed: false })
      },
    }),
  } as unknown as Deps
  const wish: OrderChangeWish = {
    change: {
      orderId: order.id,
      action: 'cancel',
      reason: '매장 정전',
      estimatedTimeMinutes: 0,
      message: null,
      unavailableLines: [],
      soldOutItemIds: [],
      amount: null,
      lines: null,
    },
    status: null,
    asker: anAsker('ADMIN'),
    by: { userId: 'admin', role: 'ADMIN', traceId: null },
    idempotency: null,
  }
  return { seen, change: () => changeOrder(deps, wish) }
}

describe('the trail of an order that an administrator changes', () => {
  it('is begun before the restaurant hears of it and ended after it has answered', async () => {
    const { seen, change } = world()
    expect((await change()).ok).toBe(true)
    expect(seen.steps).toEqual(['order-change-asked', 'void-order', 'order-changed'])
  })

  it('that cannot be begun leaves the order alone', async () => {
    const { seen, change } = world()
    seen.failing.add('order-change-asked')
    await expect(change()).rejects.toThrow(StorageUnavailableError)
    expect(seen.steps).toEqual(['order-change-asked'])
  })

  it('that cannot be ended takes back nothing, and the log says so', async () => {
    const { seen, change } = world()
    seen.failing.add('order-changed')
    expect((await change()).ok).toBe(true)
    expect(seen.logged).toMatchObject([{ level: 'error', kind: 'audit-outcome-lost' }])
  })
})
