import { describe, expect, it } from 'vitest'
import {
  noticeId,
  noticeText,
  subjectsOf,
  type NotifyOutcome,
} from '../../src/domain/restaurant/notice.ts'
import { accept, cancel, HOUR, MINUTE, openKitchen, POSTPAID } from '../support/ordering.ts'
import { OWNER, STAFF } from '../support/restaurant.ts'

const COUNTER = { paymentMethod: 'COUNTER' } as const
const DISCORD = { name: 'discord-webhook', sealed: 'v1.sealed.one', hint: '…1234' } as const
const SLACK = { name: 'slack-webhook', sealed: 'v1.sealed.two', hint: '…5678' } as const
const SENT = { kind: 'sent' } as const

/** Ten portions of one dish, of which staff want to know when three are left. */
async function watched(...secrets: (typeof DISCORD | typeof SLACK)[]) {
  const kitchen = await openKitchen({ ...POSTPAID, acceptDeadlineSeconds: 86_400 }, 10)
  const { restaurant, item, minsu } = kitchen
  if (secrets.length > 0)
    await restaurant.done(OWNER, { type: 'edit-restaurant', changes: {}, secrets })
  const rules = (lowAt: number | null) =>
    restaurant.done(STAFF, { type: 'edit-stock-rules', itemId: item.id, changes: { lowAt } })
  await rules(3)
  let seen = (await restaurant.events()).at(-1)!.seq
  type Owed = ReturnType<typeof kitchen.taken<'notify'>>[number]
  return {
    ...kitchen,
    rules,
    order: (quantity: number) => kitchen.place(minsu, quantity, COUNTER),
    adjust: (delta: number) =>
      restaurant.done(STAFF, {
        type: 'adjust-stock',
        itemId: item.id,
        change: { delta },
        reason: '실사',
      }),
    /** What is still to be told of dishes. */
    waiting: async () =>
      (await kitchen.agenda('notify')).filter(({ subject }) => String(subject).includes('/')),
    /** What was said of the dish since it was asked last. */
    said: async () => {
      const events = await restaurant.events(seen)
      seen = events.at(-1)?.seq ?? seen
      return events.flatMap(({ type, subject }) => (subject.kind === 'item' ? [type] : []))
    },
    owed: async (): Promise<Owed[]> => {
      await restaurant.ringAlarm()
      return kitchen.taken('notify').filter(({ notice }) => 'item' in notice)
    },
    told: ({ sink, notice }: Owed, outcome: NotifyOutcome = SENT) =>
      kitchen.report({ kind: 'notified', sink, ...subjectsOf(notice), outcome }),
  }
}

describe('a dish that runs low', () => {
  it('is told of once, when an order takes it to its threshold', async () => {
    const { order, said } = await watched()
    await order(6)
    expect(await said()).toEqual([])
    await order(1)
    expect(await said()).toEqual(['STOCK_LOW'])
    await order(1)
    expect(await said()).toEqual([])
  })

  it('is enough again when it rises above', async () => {
    const { restaurant, minsu, order, adjust, said } = await watched()
    const held = await order(7)
    await said()
    await restaurant.done(minsu, cancel(held.id))
    expect(await said()).toEqual(['STOCK_ENOUGH'])
    await adjust(-7)
    await adjust(-1)
    expect(await said()).toEqual(['STOCK_LOW'])
    await adjust(2)
    expect(await said()).toEqual(['STOCK_ENOUGH'])
  })

  it('may run out by one order, and is then both', async () => {
    const { order, said } = await watched()
    await order(10)
    expect(await said()).toEqual(['STOCK_LOW', 'SOLD_OUT'])
  })

  it('is not told of again when the kitchen takes what was held', async () => {
    const { restaurant, order, said } = await watched()
    const { id } = await order(8)
    await said()
    await restaurant.done(STAFF, accept(id))
    expect(await said()).toEqual([])
  })

  it('crosses by its threshold too, and not without one', async () => {
    const { rules, order, said } = await watched()
    await order(5)
    await rules(5)
    expect(await said()).toEqual(['STOCK_LOW'])
    await rules(4)
    expect(await said()).toEqual(['STOCK_ENOUGH'])
    await rules(null)
    await order(5)
    expect(await said()).toEqual(['SOLD_OUT'])
  })

  it('says with the event how much is left', async () => {
    const { restaurant, order, item } = await watched()
    await order(8)
    expect((await restaurant.events()).filter(({ type }) => type === 'STOCK_LOW')).toMatchObject([
      { subject: { item: { id: item.id, stock: { level: 10, reserved: 8, lowAt: 3 } } } },
    ])
  })
})

describe('telling the owner of it', () => {
  it('is a job per sink that is set, in words of its own', async () => {
    const { restaurant, order, owed, item } = await watched(DISCORD, SLACK)
    await order(8)
    const jobs = await owed()
    expect(jobs.map(({ sink }) => sink).sort()).toEqual(['discord', 'slack'])
    const [{ notice }] = jobs as [(typeof jobs)[number]]
    expect(noticeText(notice)).toEqual({
      title: '[맛있는 치킨집] 재고가 얼마 남지 않았습니다',
      lines: ['후라이드 치킨: 남은 수량 2 (알림 기준 3)'],
    })
    expect(noticeText({ ...notice, market: 'US' }).lines).toEqual([
      '후라이드 치킨: 2 left (warning at 3)',
    ])
    expect(noticeId(notice, restaurant.id)).toContain(item.id)
    expect(JSON.stringify(jobs)).not.toContain('sealed')
  })

  it('is nothing where no sink is set', async () => {
    const { order, owed } = await watched()
    await order(8)
    expect(await owed()).toEqual([])
  })

  it('is done once for one crossing', async () => {
    const { order, owed, told, later, agenda, waiting } = await watched(DISCORD)
    await order(8)
    const [job] = await owed()
    await told(job!)
    await order(1)
    await later(3 * HOUR)
    expect(await owed()).toEqual([])
    expect(await waiting()).toEqual([])
    expect(await agenda('low-stock-quiet')).toEqual([])
  })

  it('comes at most once an hour, however the level goes up and down, evicted or not', async () => {
    const { restaurant, order, adjust, owed, told, later } = await watched(DISCORD)
    await order(8)
    await told((await owed())[0]!)
    for (let round = 0; round < 5; round += 1) {
      await later(10 * MINUTE)
      await restaurant.evict()
      await adjust(5)
      await adjust(-5)
    }
    expect(await owed()).toEqual([])
    await later(10 * MINUTE)
    expect(await owed()).toHaveLength(1)
  })

  it('is dropped where there is enough again before it was said', async () => {
    const { order, adjust, owed, told, later, waiting } = await watched(DISCORD)
    await order(8)
    await told((await owed())[0]!)
    await adjust(5)
    await adjust(-5)
    await adjust(5)
    await later(HOUR)
    expect(await owed()).toEqual([])
    expect(await waiting()).toEqual([])
  })

  it('is tried again until the sink takes it, and given up where its address is wrong', async () => {
    const { order, owed, told, later, agenda, waiting } = await watched(DISCORD)
    await order(8)
    await told((await owed())[0]!, { kind: 'failed', reason: 'NO_ANSWER', retryAfterSeconds: 90 })
    await later(89_000)
    expect(await owed()).toEqual([])
    await later(1_000)
    const [again] = await owed()
    await told(again!, { kind: 'refused', reason: 'GONE' })
    expect(await waiting()).toEqual([])
    expect(await agenda('low-stock-quiet')).toEqual([])
  })

  it('is not mixed up with orders that wait unseen', async () => {
    const { order, restaurant, taken, later, told } = await watched(DISCORD)
    await order(8)
    await later(10_000)
    await restaurant.ringAlarm()
    const jobs = taken('notify')
    expect(jobs.map(({ notice }) => ('item' in notice ? 'stock' : 'orders')).sort()).toEqual([
      'orders',
      'stock',
    ])
    for (const job of jobs) await told(job)
    await later(HOUR)
    await restaurant.ringAlarm()
    expect(taken('notify')).toEqual([])
  })
})
