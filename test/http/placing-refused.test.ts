import { describe, expect, it } from 'vitest'
import { atTable, key, type ListBody, type OrderBody } from '../support/story-restaurant.ts'

const elsewhere = '00000000-0000-8000-8000-0123456789ab'

describe('an order that is not right', () => {
  it.each([
    ['a negative quantity', { quantity: -1 }, 'items.0.quantity', 'too_small'],
    ['no quantity', { quantity: 0 }, 'items.0.quantity', 'too_small'],
    ['a huge quantity', { quantity: 1_000 }, 'items.0.quantity', 'too_big'],
    ['more than a number holds', { quantity: 1e300 }, 'items.0.quantity', undefined],
    ['half a dish', { quantity: 0.5 }, 'items.0.quantity', 'invalid_type'],
    ['a quantity in words', { quantity: '2' }, 'items.0.quantity', 'invalid_type'],
    [
      'an unknown option',
      { options: [{ option_id: elsewhere, choice: '매운맛' }] },
      'items.0.options.0.option_id',
      'unknown_option',
    ],
    ['an id that is none', { menu_id: 'chicken' }, 'items.0.menu_id', 'invalid_format'],
  ])('is refused: %s', async (_, line, field, reason) => {
    const { place, guest } = await atTable()
    const refused = await place.place(guest, { items: [{ ...place.spicy, ...line }] })
    expect(refused.status).toBe(400)
    const { error } = refused.body
    expect(error.code).toBe('VALIDATION_ERROR')
    expect(error.details?.field).toBe(field)
    if (reason !== undefined) expect(error.reason).toBe(reason)
    expect(error.details?.errors).toContainEqual({ field, reason: error.reason })
  })

  it('names an unknown, a repeated, a superfluous and a missing choice', async () => {
    const { place, guest } = await atTable()
    const option_id = place.chicken.options[0]!.id
    const choose = (...choices: string[]) =>
      place.place(guest, {
        items: [{ ...place.spicy, options: choices.map((choice) => ({ option_id, choice })) }],
      })
    expect((await choose('지옥맛')).body.error.reason).toBe('unknown_choice')
    expect((await choose('매운맛', '매운맛')).body.error.reason).toBe('repeated_choice')
    const { error: many } = (await choose('매운맛', '순한맛')).body
    const { error: none } = (await choose()).body
    const field = `items.0.options.${option_id}`
    expect(many.details).toMatchObject({ field, reason: 'too_many_choices' })
    expect(none.details).toMatchObject({ field, reason: 'required_option' })
  })

  it('is refused whole with fields nobody reads, without items, or with a strange method', async () => {
    const { place, guest } = await atTable()
    const voucher = await place.place(guest, { voucher: 'WELCOME' })
    expect(voucher.status).toBe(400)
    expect(voucher.body.error.details).toMatchObject({
      field: 'voucher',
      reason: 'unrecognized_keys',
    })
    expect((await place.place(guest, { coupon_code: 'WELCOME' })).status).toBe(404)
    for (const strange of [{ note: '양파 빼고' }, { option: [] }]) {
      const { body } = await place.place(guest, { items: [{ ...place.spicy, ...strange }] })
      expect(body.error.reason).toBe('unrecognized_keys')
    }
    const options = [{ ...place.spicy.options[0], price_delta: 0 }]
    const priced = await place.place(guest, { items: [{ ...place.spicy, options }] })
    expect(priced.body.error.details?.field).toBe('items.0.options.0.price_delta')
    expect((await place.place(guest, { items: [] })).status).toBe(400)
    expect((await place.place(guest, { items: undefined })).body.error.reason).toBe('CART_EMPTY')
    expect((await place.place(guest, { payment_method: 'GOLD' })).status).toBe(400)
    expect((await place.place(guest, { special_requests: 'x'.repeat(501) })).status).toBe(400)
    const many = Array.from({ length: 101 }, () => place.spicy)
    expect((await place.place(guest, { items: many })).status).toBe(400)
  })

  it('is refused in the words of the caller', async () => {
    const { place, guest } = await atTable()
    const send = (language: string) =>
      guest.post(
        '/orders',
        {
          restaurant_id: place.id,
          items: [place.spicy],
          payment_method: 'CARD',
          expected_total: 1,
        },
        { headers: { 'accept-language': language } },
      )
    expect((await send('en-US')).body.error.message).toMatch(/price has changed/)
    expect((await send('ko')).body.error.message).toMatch(/가격/)
    expect((await send('fr')).body.error.message).toMatch(/가격/)
  })

  it('is refused by media type, by size and when it is no JSON', async () => {
    const { story, place, guest } = await atTable()
    const token = await guest.token()
    const send = (body: string, type: string) =>
      story.ask('/api/v1/orders', {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': type,
          'idempotency-key': key(),
        },
      })
    const whole = JSON.stringify({ items: [place.spicy], payment_method: 'CARD' })
    expect((await send(whole, 'text/plain')).status).toBe(415)
    expect((await send(whole.slice(1), 'application/json')).status).toBe(400)
    expect(
      (await send(JSON.stringify({ x: 'x'.repeat(300_000) }), 'application/json')).status,
    ).toBe(413)
  })
})

describe('a price that changed', () => {
  it('is refused with the new quote, and nothing is written', async () => {
    const { place, guest } = await atTable()
    const refused = await place.place(guest, { expected_total: 18_000 })
    expect(refused.status).toBe(409)
    expect(refused.body.error).toMatchObject({ code: 'CONFLICT', reason: 'PRICE_CHANGED' })
    expect(refused.body.error.details?.quote).toMatchObject({
      total_amount: 18_500,
      currency: 'KRW',
      items: [{ menu_id: place.chicken.id, unit_price: 18_500, quantity: 1, total: 18_500 }],
    })
    expect((await guest.get<ListBody<OrderBody>>('/orders')).body.items).toEqual([])
    const agreed = await place.place(guest, { expected_total: 18_500 })
    expect(agreed.body.order_number).toBe('A001')
  })

  it('lets the same key order again at the new price', async () => {
    const { place, guest } = await atTable()
    const again = key()
    expect((await place.place(guest, { expected_total: 1 }, again)).status).toBe(409)
    expect((await place.place(guest, { expected_total: 18_500 }, again)).status).toBe(201)
  })
})

describe('what has run out', () => {
  it('is named, and lines on one item are summed', async () => {
    const { place, guest } = await atTable()
    const adjust = { menu_id: place.cola.id, set: 3, reason: '입고' }
    expect((await place.owner.post('/restaurants/me/inventory/adjustments', adjust)).status).toBe(
      201,
    )
    const colas = (...quantities: number[]) =>
      quantities.map((quantity) => ({ menu_id: place.cola.id, quantity }))
    const refused = await place.place(guest, { items: [place.spicy, ...colas(2, 2)] })
    expect(refused.status).toBe(409)
    expect(refused.body.error).toMatchObject({
      reason: 'OUT_OF_STOCK',
      details: { items: [{ menu_id: place.cola.id, name: '콜라', available: 3 }] },
    })
    expect((await place.place(guest, { items: colas(3) })).status).toBe(201)
    expect((await place.place(guest, { items: colas(1) })).body.error.reason).toBe('OUT_OF_STOCK')
  })

  it('holds for what is marked sold out', async () => {
    const { place, guest } = await atTable()
    await place.owner.put(`/restaurants/me/items/${place.chicken.id}/sold-out`, { sold_out: true })
    const refused = await place.place(guest)
    expect(refused.body.error).toMatchObject({
      reason: 'OUT_OF_STOCK',
      details: { items: [{ menu_id: place.chicken.id, available: 0 }] },
    })
  })
})

describe('the Idempotency-Key of an order', () => {
  it('is required, and at most 255 characters long', async () => {
    const { place, guest } = await atTable()
    const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
    const missing = await guest.post('/orders', body, { key: null })
    expect(missing.status).toBe(400)
    expect(missing.body.error.details).toMatchObject({
      field: 'Idempotency-Key',
      reason: 'required',
    })
    const oversized = await guest.post('/orders', body, { key: 'k'.repeat(256) })
    expect(oversized.status).toBe(400)
    expect((await guest.post('/orders', body, { key: 'k'.repeat(255) })).status).toBe(201)
  })

  it('gives the same answer again, and one order', async () => {
    const { place, guest } = await atTable()
    const again = key()
    const first = await place.place(guest, {}, again)
    const second = await place.place(guest, {}, again)
    expect(second.status).toBe(201)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect((await guest.get<ListBody<OrderBody>>('/orders')).body.items).toHaveLength(1)
  })

  it('gives the answer of the placing whatever has become of the order since', async () => {
    const { place, guest } = await atTable()
    const again = key()
    const first = await place.place(guest, {}, again)
    await guest.post(`/orders/${first.body.order_id}/cancel`)
    const second = await place.place(guest, {}, again)
    expect(second.body).toEqual(first.body)
  })

  it('gives one order to fifty taps at once', async () => {
    const { place, guest } = await atTable()
    const again = key()
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => place.place(guest, {}, again)),
    )
    expect(new Set(replies.map(({ body }) => body.order_id)).size).toBe(1)
    expect(replies.every(({ status }) => status === 201)).toBe(true)
    expect(
      replies.filter(({ headers }) => headers.get('idempotent-replayed') === null),
    ).toHaveLength(1)
  })

  it('is refused with another body', async () => {
    const { place, guest } = await atTable()
    const again = key()
    await place.place(guest, {}, again)
    const other = await place.place(guest, { items: [{ ...place.spicy, quantity: 2 }] }, again)
    expect(other.status).toBe(422)
    expect(other.body.error.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  it("is each guest's own", async () => {
    const { place, guest } = await atTable()
    const again = key()
    const mine = await place.place(guest, {}, again)
    const theirs = await place.place(await place.guest(), {}, again)
    expect(theirs.status).toBe(201)
    expect(theirs.body.order_id).not.toBe(mine.body.order_id)
  })
})
