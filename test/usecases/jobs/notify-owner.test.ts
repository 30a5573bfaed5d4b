import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/domain/jobs.ts'
import type { NotifyOutcome } from '../../../src/domain/restaurant/notice.ts'
import { notifyOwner, type NotifyDeps } from '../../../src/usecases/jobs/notify-owner.ts'

const RESTAURANT = '00000000-0000-8000-8000-0123456789ab'
const LOW = {
  restaurantName: '맛있는 치킨집',
  market: 'KR',
  at: Date.UTC(2026, 10, 20, 3),
  item: { id: 'chicken', name: '후라이드', available: 2, threshold: 3 },
}
const UNSEEN = {
  restaurantName: '맛있는 치킨집',
  market: 'KR',
  stopped: false,
  orders: [{ id: 'order', number: 'A001', tableName: 'A1' }],
}

/** A restaurant that entrusted one sink to us, which answers as it is told to. */
function world(outcome: NotifyOutcome = { kind: 'sent' }) {
  const reports: Report[] = []
  const sent: { id: string; title: string }[] = []
  const notifier = {
    accepts: () => true,
    send: (_: string, notice: { id: string; title: string }) => {
      sent.push(notice)
      return Promise.resolve(outcome)
    },
  }
  const deps = {
    restaurants: () => ({
      query: () => Promise.resolve({ ok: true, value: 'v1.sealed' }),
      report: (told: Report) => {
        reports.push(told)
        return Promise.resolve({})
      },
    }),
    secretBox: { open: () => Promise.resolve('https://discord.com/api/webhooks/1/x') },
    notifiers: { discord: notifier },
    log: () => undefined,
  } as unknown as NotifyDeps
  const notify = (notice: typeof LOW | typeof UNSEEN) =>
    notifyOwner(deps, { kind: 'notify', restaurantId: RESTAURANT, sink: 'discord', notice })
  return { notify, reports, sent }
}

describe('telling the owner by a sink', () => {
  it('reports about the item that has run low', async () => {
    const { notify, reports, sent } = world()
    await notify(LOW)
    expect(sent).toMatchObject([{ title: '[맛있는 치킨집] 재고가 얼마 남지 않았습니다' }])
    expect(reports).toEqual([
      {
        kind: 'notified',
        sink: 'discord',
        orderIds: [],
        itemId: 'chicken',
        outcome: { kind: 'sent' },
      },
    ])
  })

  it('reports about the orders that wait unseen', async () => {
    const { notify, reports } = world({ kind: 'refused', reason: 'GONE' })
    await notify(UNSEEN)
    expect(reports).toEqual([
      {
        kind: 'notified',
        sink: 'discord',
        orderIds: ['order'],
        outcome: { kind: 'refused', reason: 'GONE' },
      },
    ])
  })

  it('says the same again under the same name, and the next alert under another', async () => {
    const { notify, sent } = world()
    for (const at of [LOW.at, LOW.at + 20_000, LOW.at + 3600_000]) await notify({ ...LOW, at })
    const [first, again, next] = sent.map(({ id }) => id)
    expect(again).toBe(first)
    expect(next).not.toBe(first)
  })
})
