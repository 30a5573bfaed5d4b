import { describe, expect, it, vi } from 'vitest'
import { person } from '../support/story-people.ts'
import { placeWith } from '../support/story-restaurant.ts'

/** Many requests each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

describe('two hundred guests and the last ten portions', () => {
  it('gives them to ten, tells the others what has run out, and numbers without gaps', async () => {
    const { story, place } = await placeWith()
    const level = { menu_id: place.chicken.id, set: 10, reason: '입고' }
    await place.owner.post('/restaurants/me/inventory/adjustments', level)
    const guests = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const joined = await story.post('/api/v1/auth/guest', {})
        const { access_token: token } = await joined.json<{ access_token: string }>()
        return person(story, () => Promise.resolve(token))
      }),
    )
    const replies = await Promise.all(guests.map((guest) => place.place(guest)))
    const placed = replies.filter(({ status }) => status === 201)
    expect(placed.map(({ body }) => body.order_number).sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => `A${String(n + 1).padStart(3, '0')}`),
    )
    for (const { status, body } of replies.filter((reply) => !placed.includes(reply))) {
      expect(status).toBe(409)
      expect(body.error).toMatchObject({
        reason: 'OUT_OF_STOCK',
        details: { items: [{ menu_id: place.chicken.id, available: 0 }] },
      })
    }
    const levels = await place.owner.get<{
      items: { menu_id: string; available: number | null }[]
    }>('/restaurants/me/inventory/levels')
    expect(levels.body.items.find(({ menu_id }) => menu_id === place.chicken.id)?.available).toBe(0)
  })
})
