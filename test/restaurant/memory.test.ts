import { runInDurableObject } from 'cloudflare:test'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { DueList, type AgendaEntry } from '../../src/restaurant/store/due-list.ts'
import { Memory } from '../../src/restaurant/store/memory.ts'
import { createStore, type Store } from '../../src/restaurant/store/store.ts'
import { aCoupon } from '../support/coupons.ts'
import { openKitchen } from '../support/ordering.ts'
import { anOrder } from '../support/orders.ts'
import { OWNER } from '../support/restaurant.ts'

describe('what is remembered of the rows', () => {
  it('is read once, until it is forgotten or set', () => {
    const read = vi.fn(() => read.mock.calls.length)
    const memory = new Memory()
    const one = memory.one(read)
    expect([one.get(), one.get()]).toEqual([1, 1])
    one.forget()
    expect(one.get()).toBe(2)
    one.set(7)
    expect(one.get()).toBe(7)
    memory.forget()
    expect(one.get()).toBe(3)
  })

  it('may be that there is nothing', () => {
    const read = vi.fn(() => null)
    const memory = new Memory()
    const one = memory.one(read)
    const byKey = memory.byKey<null>(10)
    for (const _ of [1, 2]) expect([one.get(), byKey.get('a', read)]).toEqual([null, null])
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('is kept for each key, and for no more keys than it may', () => {
    const read = vi.fn((key: string) => `row of ${key}`)
    const byKey = new Memory().byKey<string>(2)
    const get = (key: string) => byKey.get(key, () => read(key))
    for (const key of ['a', 'b', 'a']) expect(get(key)).toBe(`row of ${key}`)
    expect(read).toHaveBeenCalledTimes(2)
    byKey.forget('a')
    byKey.set('b', 'written')
    expect([get('a'), get('b')]).toEqual(['row of a', 'written'])
    get('c')
    expect(byKey.known('a')).toBeUndefined()
    expect(byKey.known('c')).toBe('row of c')
  })
})

/** Everything that the store answers from memory, and from rows when it is new. */
function answers(store: Store, known: { item: string; table: string; visit: string }) {
  return {
    restaurant: store.restaurant.get(),
    watermark: store.restaurant.watermark(),
    item: store.menu.item(known.item),
    items: [...store.menu.itemsByIds([known.item, 'none'])],
    table: store.tables.get(known.table),
    visit: store.tables.visit(known.visit),
    lastSeq: store.events.lastSeq(),
    ended: ['guest', 'other'].map((id) => store.sessions.isEnded(id)),
    membership: store.sessions.membershipFrom('sujin'),
    secret: store.secrets.sealed('slack-webhook'),
    coupon: store.coupons.coupon('coupon-WELCOME'),
    coupons: ['WELCOME', 'OTHER'].map((code) => store.coupons.byCode(code)),
    due: store.agenda.due(Infinity),
    earliest: store.agenda.earliest(),
    entry: store.agenda.get('notify', 'EMAIL'),
    placed: ['k', 'other'].map((key) => store.orders.placedUnder('guest', key)),
  }
}

const placing = { owner: 'guest', idempotencyKey: 'k', fingerprint: 'f' }

const event = (seq: number) =>
  ({
    id: `event-${seq}`,
    restaurantId: 'r',
    epoch: 1,
    seq,
    at: 0,
    type: 'TABLE_CHANGED',
    subject: { kind: 'table', table: { id: 't', name: 'A1', deleted: false } },
    message: null,
  }) as const

type Known = Parameters<typeof answers>[1]
const WRITES: Record<string, (store: Store, known: Known) => void> = {
  settings: ({ restaurant }) => restaurant.saveSettings({ ...restaurant.get(), name: '새 이름' }),
  epoch: ({ restaurant }) => restaurant.beginEpoch(2, 7),
  'version of the menu': ({ restaurant }) => restaurant.raiseMenuVersion(),
  watermark: ({ restaurant }) => restaurant.setWatermark(restaurant.watermark() + 1),
  item: ({ menu }, { item }) => menu.saveItem({ ...menu.item(item)!, name: '새 치킨' }),
  'removed item': ({ menu }, { item }) => menu.saveItem({ ...menu.item(item)!, deleted: true }),
  stock: ({ menu }, { item }) => menu.saveStock([{ itemId: item, level: 9, reserved: 1 }]),
  'stock that is counted no more': ({ menu }, { item }) => menu.dropStock(item),
  table: ({ tables }, { table }) => tables.save({ ...tables.get(table)!, code: 'other' }),
  'removed table': ({ tables }, { table }) => tables.save({ ...tables.get(table)!, deleted: true }),
  visit: ({ tables }, { visit, table }) =>
    tables.saveVisit({ id: visit, tableId: table, openedAt: 1, closedAt: 2 }),
  event: ({ events }) => events.append(event(events.lastSeq() + 1)),
  'log-out': ({ sessions }) => sessions.end('guest', 1),
  dismissal: ({ sessions }) => sessions.endMembership('sujin', 3, 1),
  secret: ({ secrets }) => secrets.apply({ name: 'slack-webhook', sealed: 'new', hint: '…' }),
  'removed secret': ({ secrets }) => secrets.apply({ name: 'slack-webhook', sealed: null }),
  order: ({ orders }) => orders.insert(anOrder(), placing),
  coupon: ({ coupons }) => coupons.save({ ...coupons.byCode('WELCOME')!, claimed: 7 }),
  'new coupon': ({ coupons }) => coupons.add(aCoupon({ code: 'OTHER' })),
  'house-keeping': ({ sessions }) => sessions.prune(1_000, 0),
  'new entry': ({ agenda }) => agenda.set('notify', 'EMAIL', 5),
  'entry where none stood': ({ agenda }) => agenda.setIfNone('notify', 'EMAIL', 5),
  'moved entry': ({ agenda }) => agenda.set('look-up', 'standing', 7),
  lease: ({ agenda }) => agenda.postpone(agenda.get('look-up', 'standing')!, 900, 'why'),
  burial: ({ agenda }) => agenda.bury(agenda.get('look-up', 'standing')!, 'why'),
  'entry that is done': ({ agenda }) => agenda.remove('look-up', 'standing'),
}

async function withStore(work: (storage: DurableObjectStorage, known: Known) => void) {
  const kitchen = await openKitchen()
  const table = await kitchen.restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
  await runInDurableObject(kitchen.restaurant.stub(), (_, { storage }) => {
    const known = { item: kitchen.item.id, table: table.id, visit: 'visit' }
    const store = createStore(storage)
    store.tables.saveVisit({ id: 'visit', tableId: table.id, openedAt: 1, closedAt: null })
    store.sessions.end('other', 10)
    store.sessions.endMembership('sujin', 2, 10)
    store.secrets.apply({ name: 'slack-webhook', sealed: 'old', hint: '…' })
    store.coupons.add(aCoupon())
    store.agenda.set('look-up', 'standing', 3)
    work(storage, known)
  })
}

describe.each(Object.entries(WRITES))('after a write of %s', (_, write) => {
  it('the rows as they are now are answered', () =>
    withStore((storage, known) => {
      const store = createStore(storage)
      const before = answers(store, known)
      store.transaction(() => write(store, known))
      expect(answers(store, known)).toEqual(answers(createStore(storage), known))
      expect(answers(store, known)).not.toEqual(before)
    }))

  it('a roll-back leaves nothing of it, whatever was read meanwhile', () =>
    withStore((storage, known) => {
      const store = createStore(storage)
      const before = answers(store, known)
      const breaking = () => {
        write(store, known)
        expect(answers(store, known)).not.toEqual(before)
        throw new Error('the disk is on fire')
      }
      expect(() => store.transaction(breaking)).toThrow('the disk is on fire')
      expect(answers(store, known)).toEqual(before)
    }))

  it('a savepoint that is rolled back leaves what was written before it', () =>
    withStore((storage, known) => {
      const store = createStore(storage)
      store.transaction(() => {
        store.restaurant.setWatermark(40)
        const before = answers(store, known)
        const breaking = () => {
          write(store, known)
          answers(store, known)
          throw new Error('the disk is on fire')
        }
        expect(() => store.transaction(breaking)).toThrow('the disk is on fire')
        expect(answers(store, known)).toEqual(before)
      })
      expect(answers(store, known)).toEqual(answers(createStore(storage), known))
    }))
})

describe('the numbers of a day', () => {
  it('go on after a roll-back, and in a new object, from where the rows are', () =>
    withStore((storage) => {
      const store = createStore(storage)
      const { orders } = store
      const take = () => orders.takeNumber('2026-11-20')
      expect([take(), take()]).toEqual([1, 2])
      const breaking = () => {
        expect(take()).toBe(3)
        throw new Error('the disk is on fire')
      }
      expect(() => store.transaction(breaking)).toThrow('the disk is on fire')
      expect(take()).toBe(3)
      expect(createStore(storage).orders.takeNumber('2026-11-20')).toBe(4)
      expect(orders.takeNumber('2026-11-21')).toBe(1)
    }))
})

const entry = fc.record({
  kind: fc.constantFrom('expire-order', 'publish'),
  subject: fc.constantFrom('a', 'b', 'c', 'd'),
  due: fc.integer({ min: 0, max: 20 }),
  attempt: fc.nat(3),
  traceId: fc.constantFrom(null, 'trace'),
})
const step = fc.oneof(
  fc.record({ does: fc.constant('put' as const), entry, dead: fc.boolean() }),
  fc.record({ does: fc.constant('remove' as const), entry }),
)

describe('the agenda in memory', () => {
  const order = (entries: readonly AgendaEntry[]) =>
    [...entries].sort((a, b) => a.due - b.due || (keyOf(a) < keyOf(b) ? -1 : 1))
  const keyOf = ({ kind, subject }: AgendaEntry) => `${kind}/${subject}`

  it('answers like a list that is searched and sorted at every question', () => {
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 0, max: 20 }), (steps, now) => {
        const list = new DueList([])
        const plain = new Map<string, AgendaEntry & { dead: boolean }>()
        for (const taken of steps) {
          const { kind, subject } = taken.entry
          if (taken.does === 'put') {
            list.put(taken.entry, taken.dead)
            plain.set(keyOf(taken.entry), { ...taken.entry, dead: taken.dead })
          } else {
            list.remove(kind, subject)
            plain.delete(keyOf(taken.entry))
          }
        }
        const standing = [...plain.values()]
        const waiting = order(
          standing.filter(({ dead }) => !dead).map(({ dead: _, ...one }) => one),
        )
        for (const same of [list, new DueList(standing)]) {
          expect(same.earliest()).toBe(waiting[0]?.due ?? null)
          expect(same.due(now, 3)).toEqual(waiting.filter(({ due }) => due <= now).slice(0, 3))
          for (const kept of standing) {
            expect(same.has(kept.kind, kept.subject)).toBe(true)
            expect(same.get(kept.kind, kept.subject) === null).toBe(kept.dead)
          }
        }
      }),
    )
  })
})
