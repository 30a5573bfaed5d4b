import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { GOOD_PASSWORD } from '../support/identity.ts'
import { copyOf, putBack } from '../support/object-copies.ts'
import { member, person, stranger } from '../support/story-people.ts'
import {
  expectStatus,
  placeWith,
  type OrderBody,
  type PlacedBody,
} from '../support/story-restaurant.ts'
import { MINUTE, type Story } from '../support/story.ts'
import { clientOf } from '../support/sockets.ts'
import { givePoints } from '../support/wallets.ts'

/** Some live through their world once per remote call. */
vi.setConfig({ testTimeout: 120_000 })

interface Erasure {
  restaurants: number
  restaurants_done: number
  done_at: string | null
}

const HOUR = 60 * MINUTE
const ACCOUNT = { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' }
const reason = 'asked for by themselves'

let people = 0

/** Somebody who has left something of themselves everywhere, with every order over. */
async function somebody() {
  const { story, place } = await placeWith({
    payment_methods: ['CARD', 'DEPOSIT'],
    deposit_account: ACCOUNT,
  })
  const admin = await member(story, 'ADMIN')
  people += 1
  const name = `제갈검은새${people}`
  const email = `black.bird.${people}@example.com`
  const signedIn = expectStatus(
    await stranger(story).post<{ access_token: string; user: { id: string } }>(
      '/auth/register',
      { email, password: GOOD_PASSWORD, name },
      { key: null },
    ),
    201,
  )
  const customer = person(story, () => Promise.resolve(signedIn.access_token))
  const { id } = signedIn.user
  const words = `문 앞에 두고 ${name}에게 전화`
  const { order } = await place.paid(customer, { special_requests: words })
  await done(order, [{ message: `${name}님, 곧 됩니다`, estimated_time_minutes: 20 }])
  const deposit = expectStatus(
    await customer.post<PlacedBody>('/orders', {
      restaurant_id: place.id,
      items: [place.spicy],
      payment_method: 'DEPOSIT',
      payer_name: name,
      special_requests: words,
    }),
    201,
  )
  story.payAction.sandbox.transfer({ name, amount: deposit.total_amount, feed: null })
  await story.passes(MINUTE)
  await done(deposit, [{ estimated_time_minutes: 20 }])
  expectStatus(await customer.post('/carts/current/items', place.spicy), 200)
  const support = await member(story, 'SUPPORT')
  const note = `${name}이 초인종을 고쳤다고 함`
  expectStatus(await support.post(`/support/customers/${id}/notes`, { text: note }), 201)
  await story.settle()
  await story.cron()

  async function done(given: { order_id: string }, [accepting]: [object]) {
    expectStatus(await place.handle(place.staff, given, 'accept', accepting), 200)
    for (const verb of ['ready', 'complete'])
      expectStatus(await place.handle(place.staff, given, verb), 200)
  }
  const traces = [name, email, words, note]
  return { story, place, admin, customer, id, name, email, words, note, order, traces }
}
type World = Awaited<ReturnType<typeof somebody>>

const erase = ({ admin, id, email }: World, more: object = {}) =>
  admin.post<Erasure>(`/admin/users/${id}/erase`, { reason, confirm: email, ...more })
const progress = async ({ admin, id }: World) =>
  (await admin.get<Erasure>(`/admin/users/${id}/erasure`)).body

/** Every row of the platform's database, as text. */
async function databaseText(): Promise<string> {
  const { results: tables } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'
      AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  const rows = await Promise.all(
    tables.map(
      async ({ name }) =>
        [name, (await env.DB.prepare(`SELECT * FROM "${name}"`).all()).results] as const,
    ),
  )
  return JSON.stringify(rows)
}
const found = (text: string, { traces }: World): string[] =>
  traces.filter((trace) => text.includes(JSON.stringify(trace).slice(1, -1)))
const foundInDatabase = async (world: World) => found(await databaseText(), world)
const foundAtRestaurant = async (world: World) =>
  found(JSON.stringify([...(await copyOf(world.place.id))]), world)

async function untilDone({ story }: { story: Story }): Promise<void> {
  await story.settle()
  for (let n = 0; n < 3; n += 1) {
    await story.passes(HOUR)
    await story.cron()
    await story.settle()
  }
}

describe('a person who is erased', () => {
  it('stands nowhere any more: not here, not at the restaurant, not in what it has kept to send', async () => {
    const world = await somebody()
    expect(await foundInDatabase(world)).toEqual(world.traces)
    expect(await foundAtRestaurant(world)).toContain(world.words)
    expect(await foundAtRestaurant(world)).toContain(world.name)

    const begun = await erase(world)
    expect([begun.status, begun.body.done_at]).toEqual([202, null])
    await untilDone(world)
    expect(await foundAtRestaurant(world)).toEqual([])
    expect(await foundInDatabase(world)).toEqual([])
    expect(await progress(world)).toMatchObject({ restaurants: 1, restaurants_done: 1 })
    expect((await progress(world)).done_at).not.toBeNull()
  })

  it('leaves what was ordered and paid in the books', async () => {
    const world = await somebody()
    const { place, order } = world
    const at = `/orders/${order.order_id}`
    const before = (await place.owner.get<OrderBody>(at)).body
    await erase(world)
    await untilDone(world)
    const after = (await place.owner.get<OrderBody>(at)).body
    expect(after).toEqual({ ...before, special_requests: null, message: null })
  })

  it('does not come back with a rebuild, and goes again when the restaurant is put back', async () => {
    const world = await somebody()
    const past = await copyOf(world.place.id)
    await erase(world)
    await untilDone(world)
    await world.admin.post('/admin/rebuild/all')
    await world.story.settle()
    expect(await foundInDatabase(world)).toEqual([])

    await putBack(world.place.id, past)
    expect(await foundAtRestaurant(world)).not.toEqual([])
    expectStatus(
      await world.admin.post(`/admin/restaurants/${world.place.id}/epoch`, { reason }),
      202,
    )
    await untilDone(world)
    expect(await foundAtRestaurant(world)).toEqual([])
    expect(await foundInDatabase(world)).toEqual([])
  })

  it('is logged out, cannot log in, and may register anew', async () => {
    const world = await somebody()
    const { story, customer, email, id, name } = world
    await erase(world)
    expect((await customer.get('/auth/me')).status).toBe(401)
    const form = { email, password: GOOD_PASSWORD }
    const logIn = (wish: object) => stranger(story).post('/auth/login', wish, { key: null })
    expect((await logIn(form)).status).toBe(401)
    const { body: left } = await world.admin.get<{ email: string }>(`/admin/users/${id}`)
    expect(left.email).toMatch(/^erased-\w+@erased\.invalid$/)
    expect((await logIn({ ...form, email: left.email })).status).toBe(401)
    const anew = await stranger(story).post<{ user: { id: string } }>(
      '/auth/register',
      { ...form, name },
      { key: null },
    )
    expect(anew.status).toBe(201)
    expect(anew.body.user.id).not.toBe(id)
  })

  it('is erased once, however often it is asked', async () => {
    const world = await somebody()
    const answers = await Promise.all([erase(world), erase(world)])
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    await untilDone(world)
    expect((await erase(world)).status).toBe(202)
    const { body } = await world.admin.get<{ items: object[] }>(
      `/admin/audit?action=user-erased&subject_id=${world.id}`,
    )
    expect(body.items).toHaveLength(1)
    expect(JSON.stringify(body)).not.toContain(world.email)
  })

  it('is gone whichever step the request died after, once the cron has run', async () => {
    const first = await somebody()
    const cut = (world: World, after: number) =>
      world.admin.postCut(after, `/admin/users/${world.id}/erase`, {
        reason,
        confirm: world.email,
      })
    const { calls } = await cut(first, Number.MAX_SAFE_INTEGER)
    for (let after = 0; after <= calls; after += 1) {
      const world = await somebody()
      await cut(world, after)
      await world.story.cron()
      const { locked_at: begun } = (
        await world.admin.get<{ locked_at: string | null }>(`/admin/users/${world.id}`)
      ).body
      if (begun === null) expectStatus(await erase(world), 202)
      await untilDone(world)
      expect([after, await foundInDatabase(world)]).toEqual([after, []])
      expect([after, await foundAtRestaurant(world)]).toEqual([after, []])
      expect((await progress(world)).done_at).not.toBeNull()
    }
  })
})

describe('erasing a person', () => {
  const blockers = (reply: Awaited<ReturnType<typeof erase>>) => [
    reply.status,
    reply.body.error.details?.['blockers'],
  ]

  it('waits for orders that are open, and goes on where one was on its way', async () => {
    const world = await somebody()
    const { place, customer, story } = world
    const { order } = await place.paid(customer, { special_requests: world.words })
    await story.settle()
    expect(blockers(await erase(world))).toEqual([409, ['OPEN_ORDERS']])
    expect((await customer.get('/auth/me')).status).toBe(200)
    // The copy is behind: nobody here knows of the order yet.
    await env.DB.prepare('DELETE FROM order_index WHERE id = ?').bind(order.order_id).run()
    expectStatus(await erase(world), 202)
    for (const verb of ['accept', 'ready', 'complete'])
      expectStatus(await place.handle(place.staff, order, verb), 200)
    await untilDone(world)
    expect(await foundAtRestaurant(world)).toEqual([])
    expect(await foundInDatabase(world)).toEqual([])
  })

  it('waits for a refund that support asked for, so that none is entered twice', async () => {
    const world = await somebody()
    const { story, order, place, id } = world
    const support = await member(story, 'SUPPORT')
    const asked = expectStatus(
      await support.post<{ id: string; state: string }>(
        `/support/orders/${order.order_id}/refunds`,
        { amount: 1_000, reason: '늦음' },
      ),
      201,
    )
    expect(asked.state).toBe('DONE')
    await story.settle()
    // As if the Worker had died before it was noted that the restaurant has entered it.
    await env.DB.prepare(`UPDATE refund_requests SET state = 'APPROVED', look_at = 0 WHERE id = ?`)
      .bind(asked.id)
      .run()
    expect(blockers(await erase(world))).toEqual([409, ['REFUND_REQUESTED']])
    await story.cron()
    expectStatus(await erase(world), 202)
    await untilDone(world)
    const { body } = await place.owner.get<{ items: object[] }>(`/orders/${order.order_id}/refunds`)
    expect(body.items).toHaveLength(1)
    expect(
      await env.DB.prepare(`SELECT state FROM refund_requests WHERE user_id = ?`).bind(id).first(),
    ).toEqual({ state: 'DONE' })
  })

  it('is in nobody’s power to hinder by an address', async () => {
    const world = await somebody()
    const taken = { email: `erased-${world.id}@erased.invalid`, password: GOOD_PASSWORD, name: 'x' }
    expectStatus(await stranger(world.story).post('/auth/register', taken, { key: null }), 201)
    expectStatus(await erase(world), 202)
  })

  it('takes points only where they are given up', async () => {
    const world = await somebody()
    await givePoints(world.id, 5_000)
    expect(blockers(await erase(world))).toEqual([409, ['POINTS_LEFT']])
    expectStatus(await erase(world, { forfeit_points: true }), 202)
    const { results } = await env.DB.prepare(
      `SELECT cause, amount, balance_after FROM wallet_entries WHERE user_id = ? ORDER BY seq DESC LIMIT 1`,
    )
      .bind(world.id)
      .all()
    expect(results).toEqual([{ cause: 'FORFEIT', amount: 5_000, balance_after: 0 }])
    expect(
      (await world.admin.get<{ points: number }>(`/admin/users/${world.id}`)).body.points,
    ).toBe(0)
  })

  it('leaves no restaurant without an owner, and ends other work at once', async () => {
    const { place, story, admin } = await somebody()
    const owner = place.owner
    const { body } = await admin.get<{ email: string }>(`/admin/users/${owner.userId}`)
    const wish = { reason, confirm: body.email }
    const at = `/admin/users/${owner.userId}/erase`
    expect(blockers(await admin.post<Erasure>(at, wish))).toEqual([409, ['LAST_OWNER']])
    const other = await member(story, 'OWNER')
    const { body: heir } = await admin.get<{ email: string }>(`/admin/users/${other.userId}`)
    await place.owner.post('/restaurants/me/staff', { email: heir.email, role: 'OWNER' })
    expectStatus(await admin.post<Erasure>(at, wish), 202)
    await story.cron()
    expect((await place.owner.get('/restaurants/me')).status).toBe(401)
  })

  it('needs the e-mail typed again, another person, and an administrator', async () => {
    const world = await somebody()
    const { admin, id } = world
    const wrong = await admin.post(`/admin/users/${id}/erase`, { reason, confirm: 'x@example.com' })
    expect(wrong.body.error.details).toMatchObject({ field: 'confirm', reason: 'does_not_match' })
    const { body: own } = await admin.get<{ email: string }>(`/admin/users/${admin.userId}`)
    const self = await admin.post(`/admin/users/${admin.userId}/erase`, {
      reason,
      confirm: own.email,
    })
    expect([self.status, self.body.error.reason]).toEqual([409, 'OWN_ACCOUNT'])
    const support = await member(world.story, 'SUPPORT')
    expect((await support.post(`/admin/users/${id}/erase`, { reason, confirm: '' })).status).toBe(
      403,
    )
    expect((await admin.get(`/admin/users/${id}/erasure`)).status).toBe(404)
  })
})

describe('the file of everything that is held of a person', () => {
  interface Held {
    account: { email: string; name: string }
    orders: { order_id: string; special_requests: string; payments: { payer_name: string }[] }[]
    carts: object[]
    wallet: { amount: number }[]
    notes: { text: string }[]
  }

  it('has what a scan of everything finds, and no secret', async () => {
    const world = await somebody()
    const { admin, customer, id, email, name, words, note, order } = world
    await givePoints(id, 1_000)
    for (const held of [
      (await admin.post<Held>(`/admin/users/${id}/export`, { reason })).body,
      (await customer.get<Held>('/auth/me/export')).body,
    ]) {
      expect(held.account).toMatchObject({ email, name })
      expect(held.orders.map((each) => each.order_id)).toContain(order.order_id)
      expect(held.orders.map((each) => each.special_requests)).toEqual([words, words])
      expect(held.orders.flatMap((each) => each.payments)).toContainEqual(
        expect.objectContaining({ payer_name: name }),
      )
      expect(held.carts).toHaveLength(1)
      expect(held.notes).toMatchObject([{ text: note }])
      expect(held.wallet).toMatchObject([{ amount: 1_000 }])
      expect(JSON.stringify(held)).not.toContain('scrypt')
    }
  })

  it('is nobody else’s to have', async () => {
    const { story, id } = await somebody()
    for (const role of ['SUPPORT', 'MARKETING', 'CUSTOMER', 'OWNER'] as const) {
      const other = await member(story, role)
      expect((await other.post(`/admin/users/${id}/export`, { reason })).status).toBe(403)
    }
  })
})

describe('an owner who is locked in the middle of a shift', () => {
  it('loses the board at once, and the kitchen goes on without', async () => {
    const { story, place } = await placeWith({ payment_policy: 'POSTPAID' })
    const admin = await member(story, 'ADMIN')
    const response = await story.ask(`/ws/restaurants/${place.id}`, {
      headers: { upgrade: 'websocket', authorization: `Bearer ${await place.owner.token()}` },
    })
    const board = clientOf(response)
    await board.heard()
    const { userId } = place.owner
    expectStatus(await admin.patch(`/admin/users/${userId}`, { locked: true, reason }), 200)
    expect(await board.closed).toEqual({ code: 4001, reason: 'SESSION_ENDED' })
    const order = await place.ordered(await place.guest(), { payment_method: 'COUNTER' })
    expect((await place.handle(place.owner, order, 'accept')).status).toBe(401)
    expect((await place.handle(place.staff, order, 'accept')).status).toBe(200)
  })
})
