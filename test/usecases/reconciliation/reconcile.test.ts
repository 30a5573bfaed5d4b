import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../../../src/usecases/deps.ts'
import { publishEvents } from '../../../src/usecases/jobs/publish-events.ts'
import { reconcile } from '../../../src/usecases/reconciliation/reconcile.ts'
import { startReconciliation } from '../../../src/usecases/reconciliation/start-reconciliation.ts'
import { sweepReconciliations } from '../../../src/usecases/reconciliation/sweep-reconciliations.ts'
import { eventsWorld } from '../../support/events-world.ts'
import { openKitchen } from '../../support/ordering.ts'
import { accountWith, debit, NOW, paymentOf } from '../../support/wallets.ts'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

const TABLES = [
  'wallet_entries',
  'wallet_charges',
  'wallets',
  'order_index',
  'projection_state',
  'reconciliation_runs',
  'reconciliation_differences',
]
/** A run reads all that there is: every test has books of its own. */
beforeEach(() => env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`))))

/** A restaurant whose orders are in the read model, and what a run makes of them. */
async function books(settings: Parameters<typeof openKitchen>[0] = {}) {
  const { deps, world } = await eventsWorld()
  const kitchen = await openKitchen(settings)
  world.now = kitchen.restaurant.now()
  const project = async (): Promise<void> => {
    await publishEvents(deps, kitchen.restaurant.id, await kitchen.restaurant.events())
  }
  const run = async (kind: 'FULL' | 'CHANGES' = 'FULL', by: Deps = deps) => {
    world.logged.length = 0
    world.now += 1
    const started = await startReconciliation(by, kind)
    await reconcile(by)
    const all = await deps.reconciliations.page({ limit: 100, beforeId: null })
    const found = world.logged
      .filter(({ kind }) => kind === 'reconciliation-difference')
      .map(({ difference, subject, expected, actual }) =>
        [difference, subject, expected, actual].join(' '),
      )
    return { run: all.find(({ id }) => id === started.id)!, found }
  }
  const openKinds = async (owner: string) =>
    (await deps.reconciliations.open(100)).differences
      .filter((difference) => difference.owner === owner)
      .map(({ kind }) => kind)
  const skips = () =>
    world.logged.filter(({ kind }) => kind === 'reconciliation-skipped').map(({ reason }) => reason)
  return { deps, world, kitchen, project, run, openKinds, skips }
}

/** Writes into the copy behind everybody's back, and into the object where `both`. */
const spoilCopy = (orderId: string, capturedAmount: number) =>
  env.DB.prepare(
    `UPDATE order_index SET state = json_set(state, '$.capturedAmount', ?) WHERE id = ?`,
  )
    .bind(capturedAmount, orderId)
    .run()

async function withPaid() {
  const world = await books()
  const order = await world.kitchen.place()
  await world.kitchen.paid(order)
  await world.project()
  const spoilObject = async (capturedAmount: number) => {
    await world.kitchen.tamper(
      'UPDATE orders SET captured_amount = ? WHERE id = ?',
      capturedAmount,
      order.id,
    )
    await world.kitchen.restaurant.evict()
  }
  const spoil = async (capturedAmount: number) => {
    await spoilCopy(order.id, capturedAmount)
    await spoilObject(capturedAmount)
  }
  return { ...world, order, spoil, spoilObject }
}

describe('a full run', () => {
  it('counts what it read and finds nothing where the books agree', async () => {
    const { kitchen, project, run } = await withPaid()
    await kitchen.place()
    await project()
    await accountWith(1_000)
    const { run: done, found } = await run()
    expect(found).toEqual([])
    expect(done).toMatchObject({
      kind: 'FULL',
      walletsChecked: 1,
      finishedAt: done.startedAt,
      ordersChecked: 2,
      ordersSkipped: 0,
      captured: { KRW: 18_000 },
      refunded: { KRW: 0 },
      differences: 0,
    })
  })

  it('tells of a difference once, keeps it open, and resolves it when it is gone', async () => {
    const { deps, order, spoil, run, openKinds } = await withPaid()
    await spoil(18_001)
    expect((await run()).found).toEqual([`CAPTURED_AMOUNT ${order.id} 18000 18001`])
    const [first] = (await deps.reconciliations.open(100)).differences
    const again = await run()
    expect(again.found).toEqual([])
    expect(again.run.differences).toBe(1)
    const [still] = (await deps.reconciliations.open(100)).differences
    expect(still).toEqual({ ...first, runId: again.run.id, lastSeenAt: again.run.startedAt })

    await spoil(18_000)
    await run()
    expect(await openKinds(order.id)).toEqual([])
    await spoil(18_001)
    expect((await run()).found).toHaveLength(1)
  })

  it('follows the figures of one that grows', async () => {
    const { deps, spoil, run } = await withPaid()
    await spoil(18_001)
    await run()
    await spoil(18_002)
    expect((await run()).found).toEqual([])
    expect((await deps.reconciliations.open(100)).differences).toMatchObject([{ actual: 18_002 }])
  })
})

describe('what looks wrong in a copy', () => {
  it('is not believed where the restaurant says otherwise', async () => {
    const { order, run, openKinds, skips } = await withPaid()
    await spoilCopy(order.id, 1)
    const { run: done, found } = await run()
    expect([found, await openKinds(order.id), skips()]).toEqual([[], [], ['copy-behind']])
    expect(done.ordersSkipped).toBe(1)
  })

  it('stays as it was while the restaurant cannot be asked', async () => {
    const { deps, order, spoil, run, openKinds, skips } = await withPaid()
    await spoil(18_001)
    await run()
    const restaurants = () => {
      throw new Error('away')
    }
    const away = { ...deps, restaurants } as unknown as Deps
    expect((await run('FULL', away)).run).toMatchObject({ ordersSkipped: 1, differences: 0 })
    expect(await openKinds(order.id)).toEqual(['CAPTURED_AMOUNT'])
    expect(skips()).toEqual(['not-heard'])
  })

  it('is left alone where it is ahead of what the restaurant has confirmed', async () => {
    const { order, spoil, run, skips } = await withPaid()
    await spoil(1)
    await env.DB.prepare('UPDATE order_index SET seq = seq + 9 WHERE id = ?').bind(order.id).run()
    expect((await run()).found).toEqual([])
    expect(skips()).toEqual(['not-confirmed'])
  })
})

describe('a light run', () => {
  it('looks only at what moved since the newest run', async () => {
    const { kitchen, world, project, run } = await withPaid()
    await accountWith(1_000)
    expect((await run('CHANGES')).run).toMatchObject({ ordersChecked: 1, walletsChecked: 1 })
    const anHourLater = () => {
      world.now += HOUR_MS
    }
    anHourLater()
    expect((await run()).run).toMatchObject({ ordersChecked: 1, walletsChecked: 1 })
    anHourLater()
    await kitchen.place()
    expect((await run('CHANGES')).run).toMatchObject({ ordersChecked: 0, walletsChecked: 0 })
    await project()
    expect((await run('CHANGES')).run).toMatchObject({ kind: 'CHANGES', ordersChecked: 1 })
  })
})

describe('points', () => {
  it('that an order has and the ledger has not are found, by what both say', async () => {
    const { world, kitchen, project, run } = await books({ paymentMethods: ['CARD', 'POINTS'] })
    const userId = await accountWith(20_000)
    const member = { role: 'CUSTOMER', sessionId: 'phone', userId, visit: null } as const
    const order = await kitchen.place(member, 1, { paymentMethod: 'POINTS' })
    const points = (await kitchen.view(order)).payments[0]!
    await kitchen.settle(points, points.attemptId ?? '')
    await project()
    expect((await run()).found).toEqual([])
    world.now += HOUR_MS
    expect((await run()).found).toEqual([`LEDGER_DEBIT ${points.id} 18000 0`])
    const paid = { userId, amount: 18_000, paymentId: points.id, orderId: order.id }
    await debit(paid)
    const { run: done } = await run()
    expect(done).toMatchObject({ differences: 0, entriesChecked: 1 })
  })

  it('that a restaurant does not know are found, a quarter of an hour later', async () => {
    const { deps, world, run } = await books()
    const userId = await accountWith(1_000)
    const payment = paymentOf(userId, 300)
    await debit(payment)
    world.now = NOW + 60_000
    expect((await run()).found).toEqual([])
    world.now = NOW + HOUR_MS
    const { found } = await run()
    expect(found).toEqual([`LEDGER_STRAY ${payment.paymentId} 0 300`])
    expect(await deps.reconciliations.open(0)).toEqual({ differences: [], count: 1 })
  })

  it('that are not the sum of their entries are found, and those bought or turned back', async () => {
    const { run } = await books()
    const userId = await accountWith(1_000)
    await env.DB.prepare('UPDATE wallets SET balance = 7 WHERE user_id = ?').bind(userId).run()
    await env.DB.prepare(`UPDATE wallet_charges SET status = 'READY' WHERE user_id = ?`)
      .bind(userId)
      .run()
    expect((await run()).found).toEqual([
      `WALLET_BALANCE ${userId} 1000 7`,
      `WALLET_CHARGES ${userId} 0 1000`,
    ])
    await env.DB.prepare('UPDATE wallets SET balance = 1000 WHERE user_id = ?').bind(userId).run()
    await env.DB.prepare(`UPDATE wallet_charges SET status = 'CAPTURED' WHERE user_id = ?`)
      .bind(userId)
      .run()
    expect((await run()).found).toEqual([])
  })
})

describe('a run under way', () => {
  it('is the one that whoever starts another of its kind gets', async () => {
    const { deps, world } = await books()
    const first = await startReconciliation(deps, 'FULL', { command: 'admin\nkey' })
    world.now += 1
    expect(await startReconciliation(deps, 'FULL')).toEqual(first)
    const light = await startReconciliation(deps, 'CHANGES')
    expect(light.id).not.toBe(first.id)
    // A full one may take long: the light one does not wait for it.
    const underWay = await deps.reconciliations.unfinished()
    expect(underWay.map(({ state }) => state.kind)).toEqual(['CHANGES', 'FULL'])
    await reconcile(deps)
    // The same command is the same run, also when it is over; without one there is a new run.
    const again = await startReconciliation(deps, 'FULL', { command: 'admin\nkey' })
    expect(again).toMatchObject({ id: first.id, stage: 'ORDERS' })
    world.now += 1
    expect((await startReconciliation(deps, 'FULL')).id).not.toBe(first.id)
    await reconcile(deps)
  })

  it('goes on where it was cut off, and counts every page once', async () => {
    const { deps, world, kitchen, project, run } = await books()
    const { id } = await kitchen.place()
    await project()
    const before = (await run()).run.ordersChecked
    // Two and a half pages more.
    await env.DB.prepare(
      `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 250)
       INSERT INTO order_index (id, restaurant_id, user_id, session_id, status, payment_status,
         business_day, number, table_id, total_amount, currency, placed_at, state, payments,
         refunds, epoch, seq, generation, updated_at)
       SELECT substr(id, 1, 24) || printf('%012x', n), restaurant_id, user_id,
         session_id, status, payment_status, business_day, number, table_id, total_amount, currency,
         placed_at, json_set(state, '$.id', substr(id, 1, 24) || printf('%012x', n)), payments,
         refunds, epoch, seq, generation, updated_at
       FROM order_index, n WHERE id = ?`,
    )
      .bind(id)
      .run()
    world.now += 1
    const { id: started } = await startReconciliation(deps, 'FULL')
    let reads = 0
    const orders: Deps['books']['orders'] = (page) => {
      reads += 1
      return reads % 2 === 0 ? Promise.reject(new Error('cut off')) : deps.books.orders(page)
    }
    const cut = { ...deps, books: { ...deps.books, orders } }
    await expect(reconcile(cut)).rejects.toThrow('cut off')
    await expect(reconcile(cut)).rejects.toThrow('cut off')
    await Promise.all([reconcile(deps), reconcile(deps)])
    await reconcile(deps)
    const [done] = await deps.reconciliations.page({ limit: 1, beforeId: null })
    expect(done).toMatchObject({ id: started, ordersChecked: before + 250 })
    expect(done?.finishedAt).not.toBeNull()
  })
})

it('old runs go, the light ones sooner', async () => {
  const { deps, world, run } = await books()
  const [light, full] = [(await run('CHANGES')).run, (await run()).run]
  const ids = async () =>
    (await deps.reconciliations.page({ limit: 100, beforeId: null })).map(({ id }) => id)
  world.now += 31 * DAY_MS
  await sweepReconciliations(deps)
  expect(await ids()).not.toContain(light.id)
  expect(await ids()).toContain(full.id)
  world.now += 400 * DAY_MS
  await sweepReconciliations(deps)
  expect(await ids()).toEqual([])
})
