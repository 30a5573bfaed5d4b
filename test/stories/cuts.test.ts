import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { createRestaurantRegistry } from '../../src/db/repositories/registry.ts'
import { createSessionRepository } from '../../src/db/repositories/sessions.ts'
import { expectMoneyToAddUp } from '../support/money.ts'
import { member, type Person } from '../support/story-people.ts'
import {
  atTable,
  initiation,
  key,
  openPlace,
  type ConfirmedBody,
  type InitiatedBody,
  type ListBody,
  type OrderBody,
  type PaymentStatusBody,
  type PlacedBody,
} from '../support/story-restaurant.ts'
import { MINUTE, openStory } from '../support/story.ts'

/** Every test lives through its world once per remote call. */
vi.setConfig({ testTimeout: 120_000 })

const ALL = Number.MAX_SAFE_INTEGER
const sessions = createSessionRepository(env.DB)
const registry = createRestaurantRegistry(env.DB)

const orderNow = async (who: Person, { order_id }: { order_id: string }): Promise<OrderBody> =>
  (await who.get<OrderBody>(`/orders/${order_id}`)).body

/**
 * Runs the test once for every remote call that `act` makes: the work stops for ever before the first
 * call, after the first, … and after the last. `act` in a fresh world each time.
 */
async function cutEverywhere<W>(
  world: () => Promise<W>,
  act: (world: W, after: number) => Promise<{ calls: number }>,
  then: (world: W) => Promise<void>,
): Promise<void> {
  const { calls } = await act(await world(), ALL)
  expect(calls).toBeGreaterThan(0)
  for (let after = 0; after <= calls; after += 1) {
    const cut = await world()
    await act(cut, after)
    try {
      await then(cut)
    } catch (error) {
      throw new Error(`cut after ${after} of ${calls} remote calls`, { cause: error })
    }
  }
}

describe('a request that dies anywhere', () => {
  it('while placing an order leaves one order, in the read model too', async () => {
    await cutEverywhere(
      async () => {
        const { story, place } = await atTable()
        const customer = await member(story)
        const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
        return { story, place, customer, body, again: key() }
      },
      ({ customer, body, again }, after) =>
        customer.postCut(after, '/orders', body, { key: again }),
      async ({ story, place, customer, body, again }) => {
        const retried = await customer.post<PlacedBody>('/orders', body, { key: again })
        expect(retried.status).toBe(201)
        expect(retried.body.order_number).toBe('A001')
        await story.passes(20_000)
        await story.passes(MINUTE)
        const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders')
        expect(board.body.items).toHaveLength(1)
        const own = await customer.get<ListBody<OrderBody>>('/orders')
        expect(own.body.items.map(({ order_id }) => order_id)).toEqual([retried.body.order_id])
      },
    )
  })

  it('while placing reaches the read model though nobody repeats it', async () => {
    await cutEverywhere(
      async () => {
        const { story, place } = await atTable()
        const customer = await member(story)
        const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
        return { story, place, customer, body }
      },
      ({ customer, body }, after) => customer.postCut(after, '/orders', body),
      async ({ story, place, customer }) => {
        await story.passes(20_000)
        await story.passes(MINUTE)
        const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders')
        const own = await customer.get<ListBody<OrderBody>>('/orders')
        expect(own.body.items).toMatchObject(
          board.body.items.map(({ order_id, status }) => ({ order_id, status })),
        )
      },
    )
  })

  it('while initiating a payment opens one, once, for whoever asks again', async () => {
    await cutEverywhere(
      async () => {
        const { story, place, guest } = await atTable()
        return { story, place, guest, order: await place.ordered(guest), again: key() }
      },
      ({ guest, order, again }, after) =>
        guest.postCut(after, '/payments/initiate', initiation(order), { key: again }),
      async ({ story, place, guest, order, again }) => {
        const open = () =>
          guest.post<InitiatedBody>('/payments/initiate', initiation(order), { key: again })
        let opened = await open()
        if (opened.status !== 200) {
          expect(opened.body.error.reason).toBe('IDEMPOTENCY_IN_PROGRESS')
          await story.passes(Number(opened.headers.get('retry-after')) * 1_000)
          opened = await open()
        }
        expect(opened.status).toBe(200)
        expect((await open()).body).toEqual(opened.body)
        expect(story.toss.sandbox.payments(10)).toHaveLength(1)
        await story.passesUntilQuiet()
        expect((await orderNow(guest, order)).status).toBe('EXPIRED')
        await expectMoneyToAddUp(story, [{ staff: place.staff, orderId: order.order_id }])
      },
    )
  })

  const confirming = async (fault?: Record<string, unknown>) => {
    const { story, place, guest } = await atTable({ accept_deadline_outcome: 'AUTO_ACCEPT' })
    if (fault) story.toss.fault(fault)
    return { story, place, guest, ...(await place.authenticated(guest)) }
  }
  type Confirming = Awaited<ReturnType<typeof confirming>>

  const endsWell = async ({ story, place, guest, order, confirmation }: Confirming) => {
    await story.passesUntilQuiet()
    await expectMoneyToAddUp(story, [{ staff: place.staff, orderId: order.order_id }])
    const ended = await orderNow(guest, order)
    const late = await guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    expect(late.status).toBe(ended.captured_amount > 0 ? 200 : 409)
  }

  it('while confirming is found out by the agenda alone', async () => {
    await cutEverywhere(
      () => confirming(),
      ({ guest, confirmation }, after) => guest.postCut(after, '/payments/confirm', confirmation),
      endsWell,
    )
  })

  it('while confirming is known when the claim is over, without any webhook', async () => {
    await cutEverywhere(
      () => confirming({ lose_webhook: true }),
      ({ guest, confirmation }, after) => guest.postCut(after, '/payments/confirm', confirmation),
      async (world) => {
        const { story, guest, order } = world
        await story.passes(31_000)
        const { body } = await guest.get<PaymentStatusBody>(
          `/orders/${order.order_id}/payment-status`,
        )
        expect(body.payments.map(({ status }) => status)).not.toContain('CAPTURING')
        await endsWell(world)
      },
    )
  })

  it('while confirming, can be repeated at once until it is through', async () => {
    await cutEverywhere(
      () => confirming(),
      ({ guest, confirmation }, after) => guest.postCut(after, '/payments/confirm', confirmation),
      async ({ story, place, guest, order, confirmation }) => {
        const statuses: number[] = []
        const since = story.world.now
        while (statuses.at(-1) !== 200 && story.world.now - since < MINUTE) {
          const { status, headers } = await guest.post('/payments/confirm', confirmation)
          statuses.push(status)
          if (status !== 200) await story.passes(Number(headers.get('retry-after') ?? 3) * 1_000)
        }
        expect(statuses.at(-1)).toBe(200)
        // The claim's lease, and one more wait of the client's.
        expect(story.world.now - since).toBeLessThanOrEqual(33_000)
        await story.passesUntilQuiet()
        expect(await orderNow(guest, order)).toMatchObject({
          status: 'ACCEPTED',
          payment_status: 'PAID',
        })
        await expectMoneyToAddUp(story, [{ staff: place.staff, orderId: order.order_id }])
      },
    )
  })

  it('while the page of success loads, shows the payment when it loads again', async () => {
    await cutEverywhere(
      () => confirming(),
      ({ story, successPath }, after) => story.askCut(after, successPath),
      async (world) => {
        const { story, successPath, guest, order } = world
        for (let n = 0; n < 20; n += 1) {
          expect((await story.ask(successPath)).status).toBe(200)
          if ((await orderNow(guest, order)).payment_status === 'PAID') break
          await story.passes(3_000)
        }
        expect((await orderNow(guest, order)).payment_status).toBe('PAID')
        await endsWell(world)
      },
    )
  })

  it('while a webhook comes in, loses nothing', async () => {
    await cutEverywhere(
      async () => {
        const world = await confirming()
        const { story, guest, confirmation } = world
        story.toss.fault({ operation: 'confirm', fail_after: 500, times: 1 })
        await guest.post('/payments/confirm', confirmation)
        const told = story.toss.world.webhooks.splice(0).at(-1)
        return { ...world, told: JSON.stringify(told?.body) }
      },
      ({ story, told: body }, after) =>
        story.askCut(after, '/api/v1/payments/webhook/toss', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        }),
      async (world) => {
        await world.story.passes(MINUTE)
        expect((await orderNow(world.guest, world.order)).payment_status).toBe('PAID')
        await endsWell(world)
      },
    )
  })

  it('while cancelling a paid order, pays back once', async () => {
    await cutEverywhere(
      async () => {
        const { story, place, guest } = await atTable()
        return { story, place, guest, ...(await place.paid(guest)), again: key() }
      },
      ({ guest, order, again }, after) =>
        guest.postCut(after, `/orders/${order.order_id}/cancel`, undefined, { key: again }),
      async ({ story, place, guest, order, payment, again }) => {
        const path = `/orders/${order.order_id}/cancel`
        const retried = await guest.post<OrderBody>(path, undefined, { key: again })
        expect(retried.status).toBe(200)
        expect(retried.body.status).toBe('CANCELLED')
        await story.passesUntilQuiet()
        expect((await orderNow(guest, order)).payment_status).toBe('REFUNDED')
        expect(story.toss.sandbox.find(payment.payment_key)?.cancels).toHaveLength(1)
        await expectMoneyToAddUp(story, [{ staff: place.staff, orderId: order.order_id }])
      },
    )
  })

  it('while opening a restaurant, is finished by the cron', async () => {
    const before: string[] = []
    await cutEverywhere(
      async () => {
        const story = openStory()
        return { story, owner: await member(story, 'OWNER'), again: key() }
      },
      ({ owner, again }, after) =>
        owner.postCut(after, '/restaurants', { name: '국밥집' }, { key: again }),
      async ({ story, owner, again }) => {
        await story.passes(2 * MINUTE)
        await story.cron()
        expect(await registry.unfinished(story.world.now, 50)).toEqual([])
        const retried = await owner.post<{ id: string }>(
          '/restaurants',
          { name: '국밥집' },
          { key: again },
        )
        expect(retried.status).toBe(201)
        const { id } = retried.body
        expect(before).not.toContain(id)
        before.push(id)
        const own = await owner.get<{ id: string }>('/restaurants/me')
        expect(own.body.id).toBe(id)
        expect((await owner.get(`/restaurants/${id}/menu`)).status).toBe(200)
      },
    )
  })

  it('while logging out, is pushed to the kitchen by the cron', async () => {
    await cutEverywhere(
      async () => {
        const story = openStory()
        const place = await openPlace(story)
        return { story, place, owner: place.owner }
      },
      ({ owner }, after) => owner.postCut(after, '/auth/logout', undefined, { key: null }),
      async ({ story, owner }) => {
        await story.passes(MINUTE)
        await story.cron()
        const ended = (await sessions.byId(owner.sessionId))?.endedAt !== null
        const board = await owner.get('/restaurants/me/orders')
        expect(board.status).toBe(ended ? 401 : 200)
        expect(await stillPending(owner.sessionId)).toBe(false)
        if (!ended) expect((await owner.post('/auth/logout')).status).toBe(204)
        expect((await owner.get('/restaurants/me/orders')).status).toBe(401)
      },
    )
  })
})

const stillPending = async (sessionId: string): Promise<boolean> =>
  (await sessions.pendingRevocations(1_000)).some((pending) => pending.sessionId === sessionId)
