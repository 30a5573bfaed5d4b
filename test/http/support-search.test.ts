import { describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type { foundCustomers, supportOrder } from '../../src/http/schemas/support.ts'
import { member, type Person } from '../support/story-people.ts'
import { atTable, expectStatus } from '../support/story-restaurant.ts'
import { account, desk, erased, ownWord, supportDesk } from '../support/support-desk.ts'

type FoundBody = z.output<typeof foundCustomers>
type SupportOrderBody = z.output<typeof supportOrder>

const find = async (who: Person, query: Record<string, string>): Promise<FoundBody> =>
  expectStatus(
    await who.get<FoundBody>(`/support/customers?${new URLSearchParams(query).toString()}`),
    200,
  )
const idsOf = ({ items }: FoundBody): string[] => items.map(({ id }) => id)

describe('finding a customer', () => {
  it('by an e-mail or its beginning, in whatever case; masked', async () => {
    const { mina } = await desk()
    const word = ownWord()
    const one = await account(`${word}@example.com`, '홍길동')
    const other = await account(`${word}.kim@example.com`, '김수')
    const exact = await find(mina, { q: `${word.toUpperCase()}@example.com` })
    expect(exact.items).toMatchObject([
      { id: one, email: `${word.slice(0, 1)}***@e***.com`, name: '홍*동' },
    ])
    expect(idsOf(await find(mina, { q: word, by: 'email' }))).toEqual([other, one])
    expect(JSON.stringify(exact)).not.toContain(word)
  })

  it('by the beginning of a name, in capitals or not', async () => {
    const { mina } = await desk()
    const word = ownWord()
    const one = await account(`${ownWord()}@example.com`, `Jane ${word}`)
    const two = await account(`${ownWord()}@example.com`, `김${word}`)
    expect(idsOf(await find(mina, { q: `jANE ${word}` }))).toEqual([one])
    expect(idsOf(await find(mina, { q: `김${word.slice(0, 9)}` }))).toEqual([two])
    expect(idsOf(await find(mina, { q: word }))).toEqual([])
  })

  it('takes nothing that was typed for a pattern', async () => {
    const { mina } = await desk()
    const word = ownWord()
    await account(`${word}@example.com`, `${word} kim`)
    const odd = await account(`${ownWord()}@example.com`, `${word}%_*`)
    expect(idsOf(await find(mina, { q: `${word.slice(0, 6)}%` }))).toEqual([])
    expect(idsOf(await find(mina, { q: `%${word}` }))).toEqual([])
    expect(idsOf(await find(mina, { q: `${word}%_` }))).toEqual([odd])
    expect(idsOf(await find(mina, { q: "' OR 1=1 --" }))).toEqual([])
  })

  it('goes on page by page, everybody once', async () => {
    const { mina } = await desk()
    const word = ownWord()
    const all = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((end) => account(`${word}${end}@example.com`, `${word} Kim`)),
    )
    for (const by of ['email', 'name']) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: FoundBody = await find(mina, {
          q: word,
          by,
          limit: '2',
          ...(cursor !== null && { cursor }),
        })
        seen.push(...idsOf(page))
        cursor = page.next_cursor
      } while (cursor !== null)
      expect(seen.toSorted()).toEqual(all.toSorted())
    }
  })

  it('by an id: of the account, an order, a payment; by an order’s number and day', async () => {
    const { story, place } = await atTable()
    const { mina } = await supportDesk(story)
    const minsu = await member(story)
    const { order } = await place.paid(minsu)
    const viewed = await mina.get<SupportOrderBody>(`/support/orders/${order.order_id}`)
    const payment = viewed.body.payments[0]?.payment_id ?? ''
    expect(await find(mina, { q: minsu.userId })).toMatchObject({ items: [{ id: minsu.userId }] })
    const named = { restaurant_id: place.id, q: order.order_number.toLowerCase() }
    for (const query of [
      { q: order.order_id },
      { q: payment },
      named,
      { ...named, day: order.business_day },
    ])
      expect(await find(mina, query)).toMatchObject({
        items: [{ id: minsu.userId }],
        order_id: order.order_id,
      })
    expect(idsOf(await find(mina, { ...named, day: '2026-11-18' }))).toEqual([])
    expect(idsOf(await find(mina, { q: crypto.randomUUID() }))).toEqual([])
  })

  it('says which order of a guest was meant, whom there is no account of', async () => {
    const { story, place, guest } = await atTable()
    const { mina } = await supportDesk(story)
    const { order } = await place.paid(guest)
    const found = await find(mina, { q: order.order_id })
    expect(found).toMatchObject({ items: [], order_id: order.order_id })
  })

  it('does not look for who was erased, or for next to nothing', async () => {
    const { mina } = await desk()
    const word = ownWord()
    await erased(await account(`${word}@example.com`, word))
    expect(idsOf(await find(mina, { q: 'erased-', by: 'email' }))).toEqual([])
    for (const q of ['', '김', 'ab', '@']) {
      const short = await mina.get(`/support/customers?q=${encodeURIComponent(q)}`)
      expect([q, short.status, short.body.error.details?.field]).toEqual([q, 400, 'q'])
    }
  })

  it('by a number needs to be told where', async () => {
    const { mina } = await desk()
    const lost = await mina.get('/support/customers?q=A001&by=number')
    expect([lost.status, lost.body.error.details?.field]).toEqual([400, 'restaurant_id'])
  })

  it('is noted, by how many were found and not by what was looked for', async () => {
    const { mina, activity } = await desk()
    const word = ownWord()
    await account(`${word}@example.com`, '홍길동')
    await find(mina, { q: `${word}@` })
    const lines = await activity(mina, `actor_id=${mina.userId}`)
    expect(lines).toMatchObject([
      { action: 'searched', details: { by: 'email', found: 1 }, customer_id: null },
    ])
    expect(JSON.stringify(lines)).not.toContain(word)
  })
})
