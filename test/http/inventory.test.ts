import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type {
  auditSchema,
  namedStockSchema,
  stockSchema,
} from '../../src/http/schemas/inventory.ts'
import { member, type Person } from '../support/story-people.ts'
import {
  expectStatus,
  openPlace,
  placeWith,
  type ListBody,
  type Place,
} from '../support/story-restaurant.ts'

type Stock = z.output<typeof stockSchema>
type Levels = ListBody<z.output<typeof namedStockSchema>>
type Audits = ListBody<z.output<typeof auditSchema>>

const OWN = '/restaurants/me/inventory'
const ANY = '/admin/inventory'
const POSTPAID = {
  payment_policy: 'POSTPAID',
  payment_methods: ['COUNTER', 'CARD'],
  table_access: 'OPEN',
}
const COUNTER = { payment_method: 'COUNTER' }

const set = (who: Person, menu_id: string, level: number | null, base = OWN) =>
  who.post<Stock>(`${base}/adjustments`, { menu_id, set: level, reason: '개시' })
const rules = (who: Person, menu_id: string, body: object, base = OWN) =>
  who.patch<Stock>(`${base}/levels/${menu_id}`, body)

/** Twenty chickens, of which one order has taken two. */
async function selling() {
  const { story, place } = await placeWith(POSTPAID)
  const { owner, staff, chicken, spicy } = place
  expectStatus(await set(owner, chicken.id, 20), 201)
  const guest = await place.guest()
  const order = await place.ordered(guest, { ...COUNTER, items: [{ ...spicy, quantity: 2 }] })
  expectStatus(await place.handle(staff, order, 'accept'), 200)
  return { story, place, guest, order }
}

describe('the rules of an item', () => {
  it('are set, kept and taken away one by one', async () => {
    const { place } = await selling()
    const { staff, chicken } = place
    const both = await rules(staff, chicken.id, { low_stock_threshold: 18, daily_portions: 30 })
    expect(both).toMatchObject({
      status: 200,
      body: { level: 18, low: true, low_stock_threshold: 18, daily_portions: 30 },
    })
    expect((await rules(staff, chicken.id, { daily_portions: null })).body).toMatchObject({
      low_stock_threshold: 18,
      daily_portions: null,
    })
    expect((await rules(staff, chicken.id, { low_stock_threshold: 3 })).body.low).toBe(false)
  })

  it('are done once for one key', async () => {
    const { place } = await selling()
    const path = `${OWN}/levels/${place.chicken.id}`
    const wish = { key: 'rules-1' }
    await place.owner.patch(path, { low_stock_threshold: 3 }, wish)
    const again = await place.owner.patch<Stock>(path, { low_stock_threshold: 3 }, wish)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await place.owner.patch(path, { low_stock_threshold: 4 }, wish)).status).toBe(422)
  })

  it.each([
    [{}, 'low_stock_threshold', 'required'],
    [{ low_stock_threshold: -1 }, 'low_stock_threshold', 'too_small'],
    [{ low_stock_threshold: 1.5 }, 'low_stock_threshold', 'invalid_type'],
    [{ low_stock_threshold: '3' }, 'low_stock_threshold', 'invalid_type'],
    [{ daily_portions: 0 }, 'daily_portions', 'too_small'],
    [{ daily_portions: 1e15 }, 'daily_portions', 'too_big'],
    [{ daily_portions: 1e300 }, 'daily_portions', 'too_big'],
    [{ daily_portions: 5, level: 9 }, 'level', 'unrecognized_keys'],
  ])('refuse %o', async (body, field, reason) => {
    const { place } = await placeWith()
    await set(place.owner, place.chicken.id, 5)
    const refused = await rules(place.owner, place.chicken.id, body)
    expect(refused.status).toBe(400)
    expect(refused.body.error.details).toMatchObject({ field, reason })
  })

  it('need a level to begin with', async () => {
    const { place } = await placeWith()
    const refused = await rules(place.owner, place.cola.id, { daily_portions: 5 })
    expect(refused.body.error.details).toMatchObject({ field: 'menu_id', reason: 'not_counted' })
  })
})

describe('levels', () => {
  it('are of the whole menu, of one item, or of what is low', async () => {
    const { place } = await selling()
    const { owner, chicken, cola } = place
    await rules(owner, chicken.id, { low_stock_threshold: 18 })
    const names = async (query: string) =>
      expectStatus(await owner.get<Levels>(`${OWN}/levels${query}`), 200).items.map(
        ({ name }) => name,
      )
    expect(await names('')).toEqual(['후라이드 치킨', '콜라'])
    expect(await names(`?menu_id=${cola.id}`)).toEqual(['콜라'])
    expect(await names('?low=true')).toEqual(['후라이드 치킨'])
    expect(await names('?low=false')).toEqual(['콜라'])
    expect((await owner.get(`${OWN}/levels?low=yes`)).status).toBe(400)
  })
})

describe('the log', () => {
  it('says who, when, why, before and after', async () => {
    const { story, place, order } = await selling()
    const { owner, staff, chicken } = place
    const at = new Date(story.world.now).toISOString()
    const { items, next_cursor } = expectStatus(await owner.get<Audits>(`${OWN}/audits`), 200)
    expect(next_cursor).toBeNull()
    expect(items).toEqual([
      {
        id: '2',
        menu_id: chicken.id,
        name: '후라이드 치킨',
        at,
        by: staff.userId,
        kind: 'SOLD',
        reason: order.order_number,
        order_id: order.order_id,
        before: 20,
        after: 18,
      },
      expect.objectContaining({
        by: owner.userId,
        kind: 'ADJUSTED',
        reason: '개시',
        order_id: null,
        before: null,
        after: 20,
      }),
    ])
  })

  it('is filtered, and read page by page', async () => {
    const { story, place, order } = await selling()
    const { owner, staff, chicken, cola } = place
    await set(staff, cola.id, 9)
    const audits = async (query: string) =>
      expectStatus(await owner.get<Audits>(`${OWN}/audits?${query}`), 200)
    const afters = async (query: string) => (await audits(query)).items.map(({ after }) => after)
    expect(await afters(`menu_id=${chicken.id}`)).toEqual([18, 20])
    expect(await afters('kind=ADJUSTED')).toEqual([9, 20])
    expect(await afters(`order_id=${order.order_id}`)).toEqual([18])
    expect(await afters(`by=${staff.userId}`)).toEqual([9, 18])
    const now = encodeURIComponent(new Date(story.world.now + 1).toISOString())
    expect(await afters(`from=${now}`)).toEqual([])
    expect(await afters(`to=${now}`)).toEqual([9, 18, 20])
    expect(await afters('to=2026-11-20T09%3A00%3A00%2B09%3A00')).toEqual([])

    const first = await audits('limit=2')
    expect(first.items.map(({ after }) => after)).toEqual([9, 18])
    const second = await audits(`limit=2&cursor=${first.next_cursor ?? ''}`)
    expect([second.items.map(({ after }) => after), second.next_cursor]).toEqual([[20], null])
  })

  it.each([
    ['cursor=!', 'cursor'],
    [`cursor=${btoa('0')}`, 'cursor'],
    [`cursor=${btoa('1 OR 1=1')}`, 'cursor'],
    [`cursor=${btoa('9'.repeat(30))}`, 'cursor'],
    ['kind=STOLEN', 'kind'],
    ['from=yesterday', 'from'],
    ['order_id=1', 'order_id'],
    [`by=${'x'.repeat(101)}`, 'by'],
    ['limit=101', 'limit'],
  ])('refuses %s', async (query, field) => {
    const { place } = await placeWith()
    const { status, body } = await place.owner.get(`${OWN}/audits?${query}`)
    expect([status, body.error.details?.field]).toEqual([400, field])
  })
})

describe('the inventory of any restaurant', () => {
  const everything = async (who: Person, place: Place) => [
    (await set(who, place.chicken.id, 8, ANY)).status,
    (await rules(who, place.chicken.id, { low_stock_threshold: 9 }, ANY)).status,
    (await who.get(`${ANY}/levels?restaurant_id=${place.id}`)).status,
    (await who.get(`${ANY}/audits?menu_id=${place.chicken.id}`)).status,
  ]

  it.each(['INVENTORY', 'ADMIN'] as const)('is open to %s, by the ids alone', async (role) => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const person = await member(story, role)
    expect(await everything(person, place)).toEqual([201, 200, 200, 200])
    const { body } = await person.get<Audits>(`${ANY}/audits?restaurant_id=${place.id}`)
    expect(body.items).toMatchObject([{ by: person.userId, after: 8, menu_id: place.chicken.id }])
    const one = await person.get<Levels>(`${ANY}/levels?menu_id=${place.chicken.id}`)
    expect(one.body.items).toMatchObject([{ level: 8, low: true }])
    const others = await person.get<Audits>(`${ANY}/audits?restaurant_id=${other.id}`)
    expect(others.body.items).toEqual([])
  })

  it.each(['CUSTOMER', 'OWNER', 'STAFF', 'SUPPORT', 'MARKETING'] as const)(
    'is closed to %s',
    async (role) => {
      const { story, place } = await placeWith()
      const person = await member(story, role)
      expect(await everything(person, place)).toEqual([403, 403, 403, 403])
      if (role === 'OWNER')
        expect(await everything(place.owner, place)).toEqual([403, 403, 403, 403])
    },
  )

  it('asks which one, and knows none that is not there', async () => {
    const { story, place } = await placeWith()
    const person = await member(story, 'INVENTORY')
    for (const list of ['levels', 'audits']) {
      const unnamed = await person.get(`${ANY}/${list}`)
      expect(unnamed.body.error.details).toMatchObject({
        field: 'restaurant_id',
        reason: 'required',
      })
      const nowhere = '00000000-0000-8000-8000-0123456789ab'
      expect((await person.get(`${ANY}/${list}?restaurant_id=${nowhere}`)).status).toBe(404)
      const stranger = await openPlace(story)
      const mixed = `restaurant_id=${place.id}&menu_id=${stranger.chicken.id}`
      expect((await person.get(`${ANY}/${list}?${mixed}`)).status).toBe(404)
    }
  })

  it('corrects no level below what is held, and does it once', async () => {
    const { story, place } = await placeWith(POSTPAID)
    const person = await member(story, 'INVENTORY')
    await set(person, place.chicken.id, 5, ANY)
    const guest = await place.guest()
    await place.ordered(guest, { ...COUNTER, items: [{ ...place.spicy, quantity: 3 }] })
    const refused = await set(person, place.chicken.id, 2, ANY)
    expect([refused.status, refused.body.error.reason]).toEqual([409, 'STOCK_BELOW_RESERVED'])
    const less = { menu_id: place.chicken.id, delta: -1, reason: '폐기' }
    const wish = { key: 'less-1' }
    await person.post(`${ANY}/adjustments`, less, wish)
    const again = await person.post<Stock>(`${ANY}/adjustments`, less, wish)
    expect([again.headers.get('idempotent-replayed'), again.body.level]).toEqual(['true', 4])
    const bare = await person.post(`${ANY}/adjustments`, less, { key: null })
    expect(bare.body.error.details).toMatchObject({ field: 'Idempotency-Key' })
  })
})

describe("another restaurant's staff", () => {
  it('finds none of these items', async () => {
    const { story, place } = await selling()
    const { owner } = await openPlace(story)
    const { id } = place.chicken
    expect([
      (await set(owner, id, 1)).status,
      (await rules(owner, id, { low_stock_threshold: 1 })).status,
      (await owner.get(`${OWN}/levels?menu_id=${id}`)).status,
      (await owner.get(`${OWN}/audits?menu_id=${id}`)).status,
    ]).toEqual([404, 404, 404, 404])
    expect((await owner.get<Audits>(`${OWN}/audits`)).body.items).toEqual([])
  })
})
