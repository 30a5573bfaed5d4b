import { describe, expect, it } from 'vitest'
import { expectDocumented } from '../support/documented.ts'
import { atTable, type OrderBody } from '../support/story-restaurant.ts'

describe('an answer held against the API document', () => {
  const order = async () => {
    const { place, guest } = await atTable()
    const { order_id } = await place.ordered(guest)
    const { body } = await guest.get<OrderBody>(`/orders/${order_id}`)
    return { path: `/api/v1/orders/${order_id}`, body }
  }

  it('fits as it is', async () => {
    const { path, body } = await order()
    expect(() => expectDocumented('GET', path, { status: 200, body })).not.toThrow()
  })

  it('fails with a field too many, too few, or of another type', async () => {
    const { path, body } = await order()
    const { total_amount: _, ...without } = body
    for (const wrong of [
      { ...body, session_id: 'secret' },
      { ...body, items: [{ ...body.items[0], cost: 1 }] },
      { ...body, total_amount: '18500' },
      without,
    ])
      expect(() => expectDocumented('GET', path, { status: 200, body: wrong })).toThrow(
        /documented/,
      )
  })

  it('fails with a status that is not listed', async () => {
    const { path } = await order()
    const body = { error: { code: 'X', message: 'x', trace_id: 'x' } }
    expect(() => expectDocumented('GET', path, { status: 410, body })).toThrow(/documents 410/)
  })
})
