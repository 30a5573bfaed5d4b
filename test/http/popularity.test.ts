import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import { catalogueHttp, type ProductBody } from '../support/catalogue-http.ts'
import { expectDocumented } from '../support/documented.ts'
import { orderIdIn, orderState } from '../support/events.ts'
import { aLine } from '../support/orders.ts'

interface Counted extends ProductBody {
  rank: number
  order_count: number
  quantity: number
  revenue: number
}
interface Board {
  items: Counted[]
  as_of: string
}
interface Tops {
  market: string
  currency: string
  by_quantity: Counted[]
  by_revenue: Counted[]
}

const HOUR = 3_600_000

/** A menu of two, and orders on it as the read model has them. */
async function ordered() {
  // Everybody's board is what is asked here, too.
  await env.DB.prepare('DELETE FROM order_items').run()
  const http = await catalogueHttp()
  const { restaurantId, world, projector } = http
  const category = await http.category('치킨')
  const fried = await http.item(category.id, '후라이드', 18_000, { names: { en: 'Fried' } })
  const cola = await http.item(category.id, '콜라', 2_000)
  await http.published()
  let seq = 1_000
  const order = (hoursAgo: number, ...lines: [id: string, price: number, quantity: number][]) => {
    const placedAt = world.now - hoursAgo * HOUR
    const id = orderIdIn(restaurantId, placedAt)
    const whole = orderState({
      ...{ id, placedAt, status: 'COMPLETED' },
      lines: lines.map(([itemId, unitPrice, quantity], n) =>
        aLine({ id: `${n}`, itemId, unitPrice, quantity }),
      ),
    })
    seq += 1
    const subject = { kind: 'order', order: whole, payments: [], refunds: [] } as const
    return projector.project(
      [
        {
          ...{ id, restaurantId, epoch: 1, seq, at: placedAt, message: null },
          ...{ type: 'STATUS_CHANGED', subject },
        },
      ],
      world.now,
    )
  }
  await order(1, [cola.id, 2_000, 5])
  await order(71, [fried.id, 18_000, 1], [fried.id, 18_000, 1])
  await order(73, [fried.id, 18_000, 9])
  await order(169, [fried.id, 18_000, 9])
  const popular = (query = `?restaurant_id=${restaurantId}`, language = 'ko') =>
    http.call<Board>('GET', `/menus/popular${query}`, { headers: { 'accept-language': language } })
  const top = (query = '') => http.call<Tops>('GET', `/products/top${query}`)
  return { ...http, fried, cola, popular, top }
}

const said = (board: Counted[]) =>
  board.map(({ name, rank, order_count, quantity }) => [rank, name, order_count, quantity])

describe('what is ordered most', () => {
  it('is counted by orders of the last 168 hours', async () => {
    const { popular } = await ordered()
    const answer = await popular()
    expectDocumented('GET', '/api/v1/menus/popular', answer)
    expect(said(answer.body.items)).toEqual([
      [1, '후라이드', 2, 11],
      [2, '콜라', 1, 5],
    ])
    expect(answer.headers.get('cache-control')).toContain('s-maxage=30')
    expect(said((await popular('')).body.items)).toEqual(said(answer.body.items))
  })

  it('is named in the language of who asks', async () => {
    const { popular } = await ordered()
    const { body } = await popular(undefined, 'en')
    expect(body.items.map(({ name }) => name)).toEqual(['Fried', '콜라'])
  })

  it('is nothing where nothing was ordered', async () => {
    const { popular } = await ordered()
    const { body } = await popular(`?restaurant_id=${crypto.randomUUID()}`)
    expect(body.items).toEqual([])
  })

  it('leaves out what has left its menu', async () => {
    const { popular, call, owner, fried, published } = await ordered()
    await call('DELETE', `/restaurants/me/items/${fried.id}`, { as: owner })
    await published()
    expect(said((await popular()).body.items)).toEqual([[1, '콜라', 1, 5]])
  })

  it('sells best of a market in the last 72 hours, by portions and by what it brought', async () => {
    const { top } = await ordered()
    const answer = await top('?market=KR')
    expectDocumented('GET', '/api/v1/products/top', answer)
    expect(answer.body).toMatchObject({ market: 'KR', currency: 'KRW' })
    expect(said(answer.body.by_quantity)).toEqual([
      [1, '콜라', 1, 5],
      [2, '후라이드', 1, 2],
    ])
    expect(answer.body.by_revenue.map(({ name, revenue }) => [name, revenue])).toEqual([
      ['후라이드', 36_000],
      ['콜라', 10_000],
    ])
    expect((await top()).body.market).toBe('KR')
    expect((await top('?market=US')).body).toMatchObject({ by_quantity: [], by_revenue: [] })
    expect((await top('?market=XX')).status).toBe(400)
  })

  it('cannot be said while D1 is away', async () => {
    const { deps, popular } = await ordered()
    const there = deps.popularity
    const boards = () => Promise.reject(new StorageUnavailableError(new Error('away')))
    deps.popularity = { ...there, boards }
    const answer = await popular()
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
