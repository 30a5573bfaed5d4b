import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { createDeadLetters } from '../../../src/db/repositories/dead-letters.ts'
import { createSessionRepository } from '../../../src/db/repositories/sessions.ts'
import { feedEvents, feedMarks } from '../../../src/db/schema/feed.ts'
import { aDelivery, storeDeliveries } from '../../support/administration.ts'
import { clickPay, expectStatus, type Place } from '../../support/story-restaurant.ts'
import { givePoints } from '../../support/wallets.ts'
import { MALL } from '../../sandbox/payaction-world.ts'
import { account, partner, type Caller } from './people.ts'
import type { World } from './world.ts'

/** What the ids of a request name. */
export interface Thing {
  /** In the order in which the path has them. */
  ids: readonly string[]
  /** The restaurant that it is in. */
  at: Place | null
  /** Whose it is, beside those who work there. */
  whose: 'anybody' | readonly Caller[]
  amount?: number
  email?: string
  /** The provider's. */
  key?: string
}

type Owned = Omit<Thing, 'at' | 'whose'>
type Made = Promise<Thing>
interface Identified {
  id: string
}

const sessions = createSessionRepository(env.DB)
const letters = createDeadLetters(env.DB)
const PARTNERS = '/admin/integrations/partners'
let made = 0
const nextName = (): string => `치킨 ${(made += 1)}`

/** Of the restaurant's, and of nobody else's. */
const inHouse =
  (make: (world: World) => Promise<Owned>) =>
  async (world: World): Made => ({ ...(await make(world)), at: world.here, whose: [] })

/** Of the platform's: whoever may see one, may see all. */
const ofPlatform =
  (make: (world: World) => Promise<Owned>) =>
  async (world: World): Made => ({ ...(await make(world)), at: null, whose: 'anybody' })

/** An account's own. */
const of =
  (name: 'customer' | 'owner' | 'support', make: (world: World, who: Caller) => Promise<Owned>) =>
  async (world: World): Made => {
    const who = world.people[name]
    return { ...(await make(world, who)), at: null, whose: [who] }
  }

const created = async (world: World, path: string, body: object): Promise<string> =>
  expectStatus(await world.as(world.people.owner).post<Identified>(path, body), 201).id

const ordered =
  (name: 'guest' | 'customer', method: 'COUNTER' | 'CARD' | 'STRIPE' | 'DEPOSIT' = 'COUNTER') =>
  async (world: World): Made => {
    const { here, people, as } = world
    const placed = await here.ordered(as(people[name]), {
      payment_method: method,
      ...(method === 'DEPOSIT' && { payer_name: '김민수' }),
    })
    const { order_id: id, total_amount: amount } = placed
    return { ids: [id], amount, at: here, whose: [people[name]] }
  }

/** At the counter, for more than support may pay back without a second person. */
const paidInCash = inHouse(async ({ here, people, as }) => {
  const items = [{ ...here.spicy, quantity: 2 }]
  const { order_id: id } = await here.ordered(as(people.guest), {
    items,
    payment_method: 'COUNTER',
  })
  const settled = await as(people.owner).post(`/restaurants/me/orders/${id}/settle`, { by: 'CASH' })
  expectStatus(settled, 200)
  return { ids: [id] }
})

const handled = (...verbs: readonly string[]) =>
  inHouse(async (world) => {
    const { here, people, as } = world
    const { ids } = await ordered('guest')(world)
    for (const verb of verbs)
      expectStatus(await here.handle(as(people.owner), { order_id: ids[0] ?? '' }, verb), 200)
    return { ids }
  })

const refundDue = inHouse(async (world) => {
  const { ids } = await paidInCash(world)
  const path = `/restaurants/me/orders/${ids[0] ?? ''}/refunds`
  const wish = { amount: 500, reason: '식음' }
  const refund = await world.as(world.people.owner).post<Identified>(path, wish)
  return { ids: [...ids, expectStatus(refund, 202).id] }
})

/** Money that came in and is for no order. */
const deposit = inHouse(async ({ story, here, people, as }) => {
  const amount = 1_000 + (made += 1)
  await story.post(
    `/api/v1/payments/webhook/payaction/${here.id}`,
    { transaction_type: 'deposited', transaction_name: '모르는 사람', amount },
    { 'x-mall-id': MALL.mallId, 'x-webhook-key': MALL.webhookKey },
  )
  const { items } = (
    await as(people.owner).get<{ items: (Identified & { amount: number })[] }>(
      '/restaurants/me/deposits',
    )
  ).body
  return { ids: [items.find((found) => found.amount === amount)?.id ?? ''] }
})

const table = inHouse(async (world) => ({ ids: [await created(world, '/tables', {})] }))
const category = inHouse(async (world) => ({
  ids: [await created(world, '/restaurants/me/categories', { name: nextName() })],
}))

/** In a category of its own, so that there is always room. */
const item = inHouse(async (world) => {
  const [category_id] = (await category(world)).ids
  const body = { category_id, name: nextName(), price: 1_000 }
  return { ids: [await created(world, '/restaurants/me/items', body)] }
})

async function aCoupon(world: World) {
  const code = `ROLES${(made += 1)}`
  const terms = { kind: 'FIXED', value: 100, total_quantity: 1_000, for_guests: true }
  const body = { code, ...terms, restaurant_id: world.here.id }
  return { code, id: await created(world, '/admin/coupons', body) }
}

const coupon = inHouse(async (world) => ({ ids: [(await aCoupon(world)).id] }))

async function anAccount({ story, people, as }: World) {
  const { userId: id } = await account(story, 'CUSTOMER')
  const found = await as(people.admin).get<{ email: string }>(`/admin/users/${id ?? ''}`)
  return { ids: [id ?? ''], email: expectStatus(found, 200).email }
}

async function logIn({ story }: World, { userId }: Pick<Caller, 'userId'>, device?: 'tablet') {
  const id = crypto.randomUUID()
  const now = story.world.now
  await sessions.insert(
    {
      ...{ id, userId: userId ?? '', createdAt: now, endedAt: null, visit: null },
      ...(device && { device }),
    },
    { digest: id, sessionId: id, expiresAt: now + 1e9, usedAt: null, successorDigest: null },
  )
  return { ids: [id] }
}

/** Part of a partner, which stands before it in the path. */
const ofPartner = (part: string, body: () => object) =>
  ofPlatform(async ({ story, people, as }) => {
    const { sessionId } = await partner(story, nextName())
    const path = `${PARTNERS}/${sessionId ?? ''}/${part}`
    const { id } = expectStatus(await as(people.admin).post<Identified>(path, body()), 201)
    return { ids: [sessionId ?? '', id] }
  })

const givenUp = ofPlatform(async ({ story, here }) => {
  const [partnerId, id] = [crypto.randomUUID(), crypto.randomUUID()]
  const at = { restaurantId: here.id, epoch: 1, seq: 1_000_000 + (made += 1) }
  const { now } = story.world
  const db = drizzle(env.DB)
  await db.insert(feedEvents).values({ ...at, id, type: 'NEW_ORDER', occurredAt: now, data: '{}' })
  await db.insert(feedMarks).values({
    ...{ ...at, partnerId, eventId: id, state: 'DEAD', attempts: 11, notBefore: 0 },
    ...{ leaseId: 'l', leaseUntil: now, markedAt: now, settledAt: now },
  })
  return { ids: [partnerId, id] }
})

/** One of each kind, made anew: always here, never there. */
export const THINGS = {
  account: ofPlatform(anAccount),
  'erased account': ofPlatform(async (world) => {
    const { ids, email } = await anAccount(world)
    const wish = { reason: 'of the tests', confirm: email }
    const path = `/admin/users/${ids[0] ?? ''}/erase`
    expectStatus(await world.as(world.people.admin).post(path, wish), 202)
    return { ids }
  }),
  restaurant: ofPlatform(({ here }) => Promise.resolve({ ids: [here.id] })),
  'own restaurant': inHouse(({ here }) => Promise.resolve({ ids: [here.id] })),
  table,
  'table with guests': async ({ here, people }: World): Made =>
    Promise.resolve({
      ids: [here.tables.a1.id],
      at: here,
      whose: [people.guest, people.neighbour],
    }),
  category,
  item,
  'counted item': inHouse(async (world) => {
    const { ids } = await item(world)
    const path = '/restaurants/me/inventory/adjustments'
    const wish = { menu_id: ids[0], set: 10, reason: '실사' }
    expectStatus(await world.as(world.people.owner).post(path, wish), 201)
    return { ids }
  }),
  coupon,
  /** Whoever knows it may claim it. */
  code: async (world: World): Made => {
    const { code } = await aCoupon(world)
    return { ids: [code], at: world.here, whose: 'anybody' }
  },
  'table that is open to all': ({ here }: World): Made =>
    Promise.resolve({ ids: [here.tables.a2.id], at: here, whose: 'anybody' }),
  "a guest's order": ordered('guest'),
  "a customer's order": ordered('customer'),
  "a guest's order by card": ordered('guest', 'CARD'),
  'order that is being paid': async (world) => {
    const order = await ordered('guest', 'CARD')(world)
    const body = { order_id: order.ids[0], amount: order.amount, payment_method: 'CARD' }
    const guest = world.as(world.people.guest)
    const opened = await guest.post<{ payment_key: string }>('/payments/initiate', body)
    const { payment_key: key } = expectStatus(opened, 200)
    clickPay(world.story, { payment_key: key })
    return { ...order, key }
  },
  'order by Stripe': ordered('guest', 'STRIPE'),
  'order by deposit': ordered('guest', 'DEPOSIT'),
  'refund that is due': refundDue,
  'accepted order': handled('accept'),
  'ready order': handled('accept', 'ready'),
  'order that is paid': paidInCash,
  'refund that is asked for': ofPlatform(async (world) => {
    const [orderId = ''] = (await paidInCash(world)).ids
    const asked = await world
      .as(world.people.support)
      .post<Identified>(`/support/orders/${orderId}/refunds`, { reason: '식음' })
    return { ids: [expectStatus(asked, 201).id] }
  }),
  deposit,
  'deposit and order': async (world) => {
    const { ids, at, whose } = await deposit(world)
    return { ids: [...ids, ...(await ordered('guest', 'DEPOSIT')(world)).ids], at, whose }
  },
  'staff member': inHouse(async ({ story, here }) => {
    const { userId } = await account(story, 'CUSTOMER', { at: here, role: 'STAFF' })
    return { ids: [userId ?? ''] }
  }),
  tablet: inHouse((world) => logIn(world, world.people.staff, 'tablet')),
  "a customer's session": of('customer', logIn),
  "support's session": of('support', logIn),
  "a customer's wallet": of('customer', (_, { userId }) =>
    Promise.resolve({ ids: [userId ?? ''] }),
  ),
  'charge of points': of('customer', async ({ story, as }, who) => {
    const path = `/users/${who.userId ?? ''}/points/charge`
    const wish = { amount: 30_000, payment_method: 'CARD' }
    const charged = await as(who).post<{ charge_id: string; payment_key: string }>(path, wish)
    const { charge_id, payment_key: key } = expectStatus(charged, 201)
    clickPay(story, { payment_key: key })
    return { ids: [charge_id], amount: wish.amount, key }
  }),
  'refund of points': ofPlatform(async ({ story, as }) => {
    const who = await account(story, 'CUSTOMER')
    await givePoints(who.userId ?? '', 1_000)
    const wish = { amount: 1_000, reason: '환불' }
    const refund = await as(who).post<Identified>('/wallet/refunds', wish)
    return { ids: [expectStatus(refund, 201).id] }
  }),
  'cart line': of('customer', async ({ here, as }, who) => {
    const cart = await as(who).put<{ items: { line_id: string }[] }>(
      '/carts/current/items',
      here.spicy,
    )
    return { ids: [expectStatus(cart, 200).items.at(-1)?.line_id ?? ''] }
  }),
  /** Of the second administrator's. */
  'setting change': ofPlatform(async ({ people, as }) => {
    const path = '/admin/settings/changes'
    const wish = { name: 'unmasks_per_hour', value: (made += 1), reason: 'of the tests' }
    const propose = () => as(people.secondAdmin).post<Identified>(path, wish)
    const first = await propose()
    if (first.status === 201) return { ids: [first.body.id] }
    const { change_id: open } = first.body.error.details as { change_id: string }
    expectStatus(await as(people.admin).post(`${path}/${open}/reject`, {}), 200)
    return { ids: [expectStatus(await propose(), 201).id] }
  }),
  'alert channel': ofPlatform(async ({ people, as }) => {
    const wish = { kind: 'email', name: nextName(), address: 'ops@example.com' }
    const added = await as(people.admin).post<Identified>('/admin/alerts/channels', wish)
    return { ids: [expectStatus(added, 201).id] }
  }),
  rebuild: ofPlatform(async ({ people, as }) => {
    const begun = await as(people.admin).post<Identified>('/admin/rebuild/orders')
    return { ids: [expectStatus(begun, 202).id] }
  }),
  'dead letter': ofPlatform(async ({ story }) => {
    const id = crypto.randomUUID()
    const body = { kind: 'nothing that we know' }
    const when = { firstSeenAt: story.world.now, redrivenAt: null }
    await letters.insert({ id, body, errorKind: 'MALFORMED', ...when })
    return { ids: [id] }
  }),
  partner: ofPlatform(async ({ story }) => ({
    ids: [(await partner(story, nextName())).sessionId ?? ''],
  })),
  "a partner's key": ofPartner('keys', () => ({ overlap_seconds: 60 })),
  "a partner's subscription": ofPartner('subscriptions', () => ({
    restaurant_id: null,
    types: null,
  })),
  "a partner's endpoint": ofPartner('endpoints', () => ({
    url: `https://hooks.example.com/${(made += 1)}`,
  })),
  delivery: ofPlatform(async () => {
    const delivery = aDelivery()
    await storeDeliveries(delivery)
    return { ids: [delivery.id] }
  }),
  'given-up event': givenUp,
} satisfies Record<string, (world: World) => Made>

export type Kind = keyof typeof THINGS
