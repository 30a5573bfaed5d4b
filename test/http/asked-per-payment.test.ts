import { describe, expect, it } from 'vitest'
import { countingCalls } from '../support/counted-calls.ts'
import type { Person } from '../support/story-people.ts'
import { atTable, initiation, key } from '../support/story-restaurant.ts'
import { SECRET_KEY } from '../sandbox/world.ts'

/** How long a card takes; what was committed before it is written meanwhile. */
const takesMs = 700
const OWN_KEY = `${SECRET_KEY}_of_the_restaurant`

/** A guest at a prepaid restaurant, whose next requests meet an isolate that remembers nothing. */
async function elsewhere(settings: Record<string, unknown> = {}) {
  const { story, place, guest } = await atTable()
  if (Object.keys(settings).length > 0)
    expect((await place.owner.patch('/restaurants/me', settings)).status).toBe(200)
  const keys: (string | null)[] = []
  const { ask } = countingCalls(story, {
    takesMs,
    fetch: (request) => {
      keys.push(request.headers.get('authorization'))
      return story.toss.sandbox.fetch(request)
    },
  })
  const post = async (who: Person, path: string, body: unknown) =>
    ask(`/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await who.token()}`,
        'content-type': 'application/json',
        'idempotency-key': key(),
      },
      body: JSON.stringify(body),
    })
  return { place, guest, post, keys }
}

const CONFIRM = ['POST /toss/v1/payments/confirm']

describe('confirming a payment', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["with the deployment's account", {}, SECRET_KEY],
    [
      "with the restaurant's own",
      { provider_keys: { toss: { secret_key: OWN_KEY, client_key: 'test_ck_own' } } },
      OWN_KEY,
    ],
  ])('%s asks one object twice and the provider once', async (_, settings, secretKey) => {
    const { place, guest, post, keys } = await elsewhere(settings)
    const { confirmation } = await place.authenticated(guest)
    const { response, before, inAll } = await post(guest, '/payments/confirm', confirmation)
    expect(response.status).toBe(200)
    expect(before).toEqual({ statements: [], objects: ['execute', 'execute'] })
    // Behind the answer the object hears once of what is written of the claim and of its end.
    expect(inAll).toMatchObject({ objects: ['execute', 'execute', 'report'], outside: CONFIRM })
    expect(keys).toEqual([`Basic ${btoa(`${secretKey}:`)}`])
  })

  it('a second time asks the object once, and nobody else', async () => {
    const { place, guest, post } = await elsewhere()
    const { confirmation } = await place.paid(guest)
    const { response, inAll } = await post(guest, '/payments/confirm', confirmation)
    expect(response.status).toBe(200)
    expect(inAll).toEqual({ statements: [], batches: 0, objects: ['execute'], outside: [] })
  })
})

describe('opening a payment', () => {
  it('asks the object before and after the provider; for keys it does not remember once more', async () => {
    const { place, guest, post } = await elsewhere()
    const open = async () =>
      post(guest, '/payments/initiate', initiation(await place.ordered(guest)))
    const first = await open()
    expect(first.response.status).toBe(200)
    expect(first.before.objects).toEqual(['execute', 'query', 'execute'])
    const { response, before, inAll } = await open()
    expect(response.status).toBe(200)
    expect(before).toEqual({ statements: [], objects: ['execute', 'execute'] })
    expect(inAll).toMatchObject({
      objects: ['execute', 'execute', 'report'],
      outside: ['POST /toss/v1/payments'],
    })
  })
})
