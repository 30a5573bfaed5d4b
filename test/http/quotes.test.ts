import { describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type { orderQuote } from '../../src/http/schemas/quotes.ts'
import { member, stranger, type Person } from '../support/story-people.ts'
import { atTable, type Place } from '../support/story-restaurant.ts'

const FEES = {
  packaging_fee_amount: 500,
  service_fee_basis_points: 1_000,
  tax_basis_points: 1_000,
}

type Quote = z.output<typeof orderQuote>

const quote = (who: Person, place: Place, more: Record<string, unknown> = {}) =>
  who.post<Quote>('/orders/quote', { items: [place.spicy], ...more })

describe('asking what an order would come to', () => {
  it('answers with the fees of where the guest sits', async () => {
    const { place, guest } = await atTable(FEES)
    const { status, body } = await quote(guest, place)
    expect(status).toBe(200)
    expect(body).toEqual({
      restaurant: {
        ...{ id: place.id, name: '맛있는 치킨집', open: true, opens_at: null },
        ...{ busy_delay_minutes: 0, menu_version: body.restaurant.menu_version },
      },
      currency: 'KRW',
      at_table: true,
      items: [
        {
          ...{ menu_id: place.chicken.id, number: 1, name: '후라이드 치킨', image_url: null },
          options: [
            {
              option_id: place.chicken.options[0]!.id,
              name: '맵기',
              choice_id: place.chicken.options[0]!.choices[1]!.id,
              choice: '매운맛',
              price_delta: 500,
            },
          ],
          ...{ unit_price: 18_500, quantity: 1, total: 18_500, discount: 0 },
          ...{ max_quantity: null, problem: null },
        },
      ],
      ...{ subtotal_amount: 18_500, discount_amount: 0, packaging_fee_amount: 0 },
      ...{ service_fee_amount: 1_850, tax_amount: 1_850, total_amount: 20_350 },
      coupons: [],
      orderable: true,
    })
    const placed = await place.ordered(guest, { expected_total: 20_350 })
    expect(placed).toMatchObject({
      ...{ subtotal_amount: 18_500, service_fee_amount: 1_850, tax_amount: 1_850 },
      ...{ total_amount: 20_350, coupons: [] },
    })
  })

  it('takes it for take-away where no table is named', async () => {
    const { story, place } = await atTable(FEES)
    const customer = await member(story)
    expect((await quote(customer, place)).body).toMatchObject({
      ...{ at_table: false, packaging_fee_amount: 500, total_amount: 19_000 },
    })
    const named = { table_number: 'A1' }
    expect((await quote(customer, place, named)).body).toMatchObject({ total_amount: 20_350 })
  })

  it('says of each line what is wrong with it, and refuses none', async () => {
    const { place, guest } = await atTable()
    const water = await place.addItem({ name: '물', price: 500, max_per_order: 2 })
    await place.owner.put(`/restaurants/me/items/${place.cola.id}/sold-out`, { sold_out: true })
    const { status, body } = await quote(guest, place, {
      items: [
        { menu_id: place.cola.id, quantity: 1 },
        { menu_id: place.chicken.id, quantity: 1 },
        { menu_id: water.id, quantity: 3 },
        { menu_id: water.id, quantity: 2 },
        { menu_id: water.id.replace(/^.{8}/, '00000000'), quantity: 1 },
      ],
    })
    expect(status).toBe(200)
    expect(body.items.map(({ problem }) => problem)).toEqual([
      { reason: 'SOLD_OUT' },
      {
        reason: 'OPTIONS_INVALID',
        errors: [{ field: `options.${place.chicken.options[0]!.id}`, reason: 'required_option' }],
      },
      { reason: 'ABOVE_LIMIT', limit: 2 },
      null,
      { reason: 'ITEM_GONE' },
    ])
    expect(body).toMatchObject({ total_amount: 1_000, orderable: false })
  })

  it('speaks the reader’s language', async () => {
    const { place, guest } = await atTable()
    const soup = await place.addItem({ name: '국밥', names: { en: 'Rice soup' }, price: 9_000 })
    const items = [{ menu_id: soup.id, quantity: 1 }]
    const asked = await quote(guest, place, { items })
    expect(asked.body.items[0]?.name).toBe('Rice soup')
    const korean = { headers: { 'accept-language': 'ko' } }
    const wanted = await guest.post<Quote>('/orders/quote', { items }, korean)
    expect(wanted.body.items[0]?.name).toBe('국밥')
  })

  it('says why a code takes nothing off, however it was typed', async () => {
    const { place, guest } = await atTable()
    const { body } = await quote(guest, place, { coupon_code: ' nobody’s ' })
    expect(body).toMatchObject({
      coupons: [{ applicable: false, discount: 0, reason: 'UNKNOWN', min_order_amount: null }],
      orderable: false,
    })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['no lines', { items: [] }, 'items'],
    ['a quantity below one', { items: [{ menu_id: '', quantity: 0 }] }, 'items.0.menu_id'],
    ['both spellings of codes', { coupon_code: 'A-1', coupon_codes: ['B-2'] }, 'coupon_codes'],
    ['more codes than an order bears', { coupon_codes: Array(6).fill('ABC') }, 'coupon_codes'],
  ])('refuses %s', async (_, more, field) => {
    const { place, guest } = await shared
    const refused = await quote(guest, place, more)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ error: { details: { field } } })
  })

  it('asks for a token', async () => {
    const { story, place } = await shared
    expect((await quote(stranger(story), place)).status).toBe(401)
  })
})

const shared = atTable()
