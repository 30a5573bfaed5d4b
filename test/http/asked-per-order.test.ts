import { describe, expect, it } from 'vitest'
import { countingCalls } from '../support/counted-calls.ts'
import { member, type Person } from '../support/story-people.ts'
import { key, openPlace, placeWith, type Place } from '../support/story-restaurant.ts'
import type { Story } from '../support/story.ts'

const POSTPAID = { payment_policy: 'POSTPAID', payment_methods: ['COUNTER'] }
const SESSION_BY_ID: unknown = expect.stringMatching(
  /^select .* from "sessions" where "sessions"\."id" = \?$/s,
)
const CASH = { payment_method: 'COUNTER' }

async function warm() {
  const { story, place } = await placeWith(POSTPAID)
  const { ask } = countingCalls(story)
  const post = async (who: Person, path: string, body?: unknown) =>
    ask(`/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await who.token()}`,
        'content-type': 'application/json',
        'idempotency-key': key(),
      },
      body: JSON.stringify(body ?? {}),
    })
  const order = { restaurant_id: place.id, items: [place.spicy], ...CASH }
  return { story, place, post, order }
}

type Somebody = (story: Story, place: Place) => Promise<Person>
const scanned: Somebody = (_, place) => place.guest()
const customer: Somebody = (story) => member(story)
/** Works at another restaurant: a customer here. */
const staffElsewhere: Somebody = async (story) => (await openPlace(story)).staff

describe('a warm order', () => {
  it.each<[string, Somebody, unknown[]]>([
    ["of a table's guest asks D1 for nothing", scanned, []],
    ['of a member asks D1 for the session', customer, [SESSION_BY_ID]],
    ['of staff of another restaurant asks D1 for the session', staffElsewhere, [SESSION_BY_ID]],
  ])('%s, and one object once', async (_, person, statements) => {
    const { story, place, post, order } = await warm()
    const who = await person(story, place)
    expect((await post(who, '/orders', order)).response.status).toBe(201)
    const { response, before, inAll } = await post(who, '/orders', order)
    expect(response.status).toBe(201)
    expect(before).toEqual({ statements, objects: ['execute'] })
    // Behind the answer: the copy in one batch, and word of it to the object.
    expect(inAll).toEqual({ statements, batches: 1, objects: ['execute', 'report'], outside: [] })
  })
})

describe("the kitchen's step", () => {
  it('asks D1 for nothing, and one object once', async () => {
    const { place, post } = await warm()
    const guest = await place.guest()
    const first = await place.ordered(guest, CASH)
    const second = await place.ordered(guest, CASH)
    const accept = (order: { order_id: string }) =>
      post(place.staff, `/restaurants/me/orders/${order.order_id}/accept`, {
        estimated_time_minutes: 20,
      })
    await accept(first)
    const { response, before } = await accept(second)
    expect(response.status).toBe(200)
    expect(before).toEqual({ statements: [], objects: ['execute'] })
  })
})
