import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import type { customerOrders, noteSchema, supportOrder } from '../../src/http/schemas/support.ts'
import { httpWorld } from '../support/http.ts'
import { member, withActor, type Person } from '../support/story-people.ts'
import {
  atTable,
  expectStatus,
  key,
  openPlace,
  type ListBody,
} from '../support/story-restaurant.ts'
import { MINUTE, NOON, openStory, type Story } from '../support/story.ts'
import { account, desk, erased, ownWord, supportDesk } from '../support/support-desk.ts'
import { givePoints } from '../support/wallets.ts'

const HOUR = 60 * MINUTE
const REASON = '환불 영수증을 다시 보내 달라고 함'

interface Found {
  email: string | null
  name: string | null
}
type OrdersBody = z.output<typeof customerOrders>
type SupportOrderBody = z.output<typeof supportOrder>
type NoteBody = z.output<typeof noteSchema>

/** A member who has paid by deposit and by card, with a wish and a few points. */
async function customer() {
  const { story, place } = await atTable({
    payment_methods: ['CARD', 'DEPOSIT'],
    deposit_account: { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' },
  })
  const made = await supportDesk(story)
  const minsu = await member(story)
  await givePoints(minsu.userId, 500)
  const order = await place.ordered(minsu, {
    payment_method: 'DEPOSIT',
    payer_name: '남궁민수',
    special_requests: '도착하면 010-1234-5678로 전화 주세요',
  })
  await story.settle()
  return { story, place, minsu, order, ...made }
}

describe('reading a customer', () => {
  it('shows who it is without what could be used elsewhere', async () => {
    const { mina, minsu } = await customer()
    const { body, headers } = await mina.get(`/support/customers/${minsu.userId}`)
    expect(body).toMatchObject({
      id: minsu.userId,
      name: '김*수',
      role: 'CUSTOMER',
      locked: false,
      erased: false,
      open_sessions: 1,
      points_balance: 500,
    })
    expect(JSON.stringify(body)).not.toMatch(/김민수|person\d+@/)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('shows orders with their money, and the newest of everything else', async () => {
    const { mina, minsu, order, place } = await customer()
    await mina.post(`/support/customers/${minsu.userId}/notes`, { text: '친절함' })
    const { body } = await mina.get<OrdersBody>(`/support/customers/${minsu.userId}/orders`)
    expect(body.items).toMatchObject([
      {
        order_id: order.order_id,
        customer_id: minsu.userId,
        restaurant: { id: place.id, name: '맛있는 치킨집' },
        special_requests: '도착하면 ***-****-5678로 전화 주세요',
        items: [{ name: '후라이드 치킨', quantity: 1 }],
        payments: [
          { payer_name: '남**수', method: 'DEPOSIT', account: { account_no: '***-***-***789' } },
        ],
      },
    ])
    expect(body).toMatchObject({
      points: { balance: 500, items: [{ amount: 500 }] },
      coupons: [],
      notes: [{ text: '친절함', author_id: mina.userId }],
    })
    expect(JSON.stringify(body)).not.toMatch(/남궁민수|1234-5678|456789/)
    for (const part of ['points', 'coupons', 'notes']) {
      const list = await mina.get<ListBody<unknown>>(`/support/customers/${minsu.userId}/${part}`)
      expect([part, list.status, list.body.items.length]).toEqual([
        part,
        200,
        part === 'coupons' ? 0 : 1,
      ])
    }
  })

  it('shows an order of a guest, by its id or its number', async () => {
    const { story, place, guest } = await atTable()
    const { mina, activity } = await supportDesk(story)
    const { order } = await place.paid(guest)
    const named = `number=${order.order_number}&restaurant_id=${place.id}`
    for (const path of [`/support/orders/${order.order_id}`, `/support/orders?${named}`]) {
      const { body } = await mina.get<SupportOrderBody>(path)
      expect(body).toMatchObject({
        order_id: order.order_id,
        customer_id: null,
        payments: [{ status: 'COMPLETED', amount: 18_500 }],
      })
    }
    expect((await mina.get(`/support/orders?${named}&day=2026-11-01`)).status).toBe(404)
    const other = await openPlace(story)
    const elsewhere = `number=${order.order_number}&restaurant_id=${other.id}`
    expect((await mina.get(`/support/orders?${elsewhere}`)).status).toBe(404)
    const lines = await activity(mina, `order_id=${order.order_id}`)
    expect(lines).toMatchObject([{ action: 'viewed', customer_id: null }])
  })

  it('is noted once in a while for each person, before it is answered', async () => {
    const { story, mina, jun, minsu, activity } = await customer()
    const read = (who: Person) => who.get(`/support/customers/${minsu.userId}`)
    for (const who of [mina, mina, jun]) {
      await read(who)
      story.clockOnly(1)
    }
    const viewed = `customer_id=${minsu.userId}&action=viewed`
    const by = (lines: { actor_id: string }[]) => lines.map(({ actor_id }) => actor_id)
    expect(by(await activity(mina, viewed))).toEqual([jun.userId, mina.userId])
    story.clockOnly(5 * MINUTE + 1)
    await read(mina)
    expect(by(await activity(mina, viewed))).toEqual([mina.userId, jun.userId, mina.userId])
  })

  it('does not happen where it cannot be noted', async () => {
    const { deps, ask, bearer } = await httpWorld()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    const agent = await support(deps)
    const down = () => Promise.reject(new StorageUnavailableError(new Error('down')))
    Object.assign(deps.supportActivity, { note: down, noteView: down, noteUnmask: down })
    const headers = { ...(await bearer(agent)), 'content-type': 'application/json' }
    for (const path of ['', '/orders', '/coupons', '/points', '/notes', '/unmask', '?q=홍길']) {
      const at = path.startsWith('?') ? path : `/${id}${path}`
      const response = await ask(`/api/v1/support/customers${at}`, {
        headers,
        ...(path === '/unmask' && {
          method: 'POST',
          body: JSON.stringify({ fields: ['name'], reason: REASON }),
        }),
      })
      const text = await response.text()
      expect([path, response.status]).toEqual([path, 503])
      expect(text).not.toMatch(/홍|example/)
    }
  })

  it('of nobody is 404, and leaves no line', async () => {
    const { mina, activity } = await desk()
    const nobody = crypto.randomUUID()
    for (const path of ['', '/orders', '/coupons', '/points', '/notes'])
      expect((await mina.get(`/support/customers/${nobody}${path}`)).status).toBe(404)
    expect(await activity(mina, `customer_id=${nobody}`)).toEqual([])
  })
})

async function support(deps: Awaited<ReturnType<typeof httpWorld>>['deps']) {
  const userId = await account(`${ownWord()}@example.com`, '상담원')
  const sessionId = crypto.randomUUID()
  const createdAt = deps.now()
  await deps.sessions.insert(
    { id: sessionId, userId, createdAt, endedAt: null, visit: null },
    {
      digest: sessionId,
      sessionId,
      expiresAt: createdAt + HOUR,
      usedAt: null,
      successorDigest: null,
    },
  )
  return { role: 'SUPPORT', sessionId, userId, memberships: [], visit: null } as const
}

const unmask = (who: Person, id: string, fields: string[] = ['email', 'name'], reason = REASON) =>
  who.post<{ email?: string; name?: string }>(
    `/support/customers/${id}/unmask`,
    { fields, reason },
    { key: null },
  )

describe('a customer in clear', () => {
  it('is what was asked for, and it is written down who asked and why', async () => {
    const { story, mina, activity } = await desk()
    const email = `${ownWord()}@example.com`
    const id = await account(email, '홍길동')
    const both = await unmask(mina, id)
    expect(both.body).toEqual({ id, email, name: '홍길동' })
    expect(both.headers.get('cache-control')).toBe('no-store')
    story.clockOnly(1)
    expect((await unmask(mina, id, ['name'])).body).toEqual({ id, name: '홍길동' })
    const lines = await activity(mina, `customer_id=${id}&action=unmasked`)
    expect(lines).toMatchObject([
      { actor_id: mina.userId, reason: REASON, details: { fields: ['name'] } },
      { actor_id: mina.userId, reason: REASON, details: { fields: ['email', 'name'] } },
    ])
    expect(JSON.stringify(lines)).not.toMatch(/홍길동|example/)
  })

  it('needs a reason in words, and fields that there are', async () => {
    const { mina } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    expect((await unmask(mina, id, ['email'], '         그냥         ')).status).toBe(400)
    expect((await unmask(mina, id, ['password_hash'])).status).toBe(400)
    expect((await unmask(mina, id, [])).status).toBe(400)
    expect((await unmask(mina, crypto.randomUUID())).status).toBe(404)
  })

  it('may be had so many times an hour, however fast one asks', async () => {
    const { story, mina, jun } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    await unmask(mina, id)
    story.clockOnly(10 * MINUTE)
    const answers = await Promise.all(Array.from({ length: 25 }, () => unmask(mina, id)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(19)
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.headers.get('retry-after')).toBe(String(50 * 60))
    expect((await unmask(jun, id)).status).toBe(200)
    story.clockOnly(50 * MINUTE - 1_000)
    expect((await unmask(mina, id)).status).toBe(429)
    story.clockOnly(2_000)
    expect((await unmask(mina, id)).status).toBe(200)
    expect((await unmask(mina, id)).status).toBe(429)
  })

  it('is not to be had of who was erased', async () => {
    const { mina, activity } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    await erased(id)
    const gone = await unmask(mina, id)
    expect([gone.status, gone.body.error.reason]).toEqual([409, 'CUSTOMER_ERASED'])
    const shown = await mina.get<Found>(`/support/customers/${id}`)
    expect(shown.body).toMatchObject({ email: null, name: null, erased: true })
    expect(await activity(mina, `customer_id=${id}&action=unmasked`)).toEqual([])
  })

  it('is for support and administrators', async () => {
    const { story, admin } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    expect((await unmask(admin, id)).status).toBe(200)
    for (const role of ['CUSTOMER', 'OWNER', 'MARKETING', 'INVENTORY'] as const)
      expect((await unmask(await member(story, role), id)).status).toBe(403)
  })

  it('may be what stands on an order', async () => {
    const { mina, minsu, order, activity } = await customer()
    const { body } = await mina.post(
      `/support/orders/${order.order_id}/unmask`,
      { fields: ['special_requests', 'payer_names'], reason: REASON },
      { key: null },
    )
    expect(body).toEqual({
      order_id: order.order_id,
      special_requests: '도착하면 010-1234-5678로 전화 주세요',
      payer_names: ['남궁민수'],
    })
    expect(await activity(mina, `action=unmasked&customer_id=${minsu.userId}`)).toMatchObject([
      { order_id: order.order_id, customer_id: minsu.userId },
    ])
  })
})

describe('notes of a customer', () => {
  const note = (who: Person, id: string, text: string, again: string | null = key()) =>
    who.post<NoteBody>(`/support/customers/${id}/notes`, { text }, { key: again })

  it('are read newest first, and written once under one key', async () => {
    const { story, mina, jun, activity } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    const again = key()
    const first = expectStatus(await note(mina, id, ' 전화함 ', again), 201)
    expect(first).toMatchObject({ text: '전화함', author_id: mina.userId, customer_id: id })
    const second = await note(mina, id, '전화함', again)
    expect(second.body).toEqual(first)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect((await note(mina, id, '다른 말', again)).status).toBe(422)
    story.clockOnly(1_000)
    expectStatus(await note(jun, id, '다시 전화함', again), 201)
    const listed = await mina.get<ListBody<NoteBody>>(`/support/customers/${id}/notes`)
    expect(listed.body.items.map(({ text }) => text)).toEqual(['다시 전화함', '전화함'])
    const noted = await activity(mina, `customer_id=${id}&action=noted`)
    expect(noted).toHaveLength(2)
    expect(JSON.stringify(noted)).not.toContain('전화')
  })

  it('have something to say, and not too much', async () => {
    const { mina, admin } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    for (const text of ['', '   ', 'x'.repeat(2_001)])
      expect((await note(mina, id, text)).status).toBe(400)
    expect((await note(mina, id, 'x'.repeat(2_000), null)).status).toBe(201)
    expect((await note(mina, crypto.randomUUID(), 'x')).status).toBe(404)
    expect((await note(admin, id, 'x')).status).toBe(403)
  })

  it('are not written of who was erased', async () => {
    const { mina } = await desk()
    const id = await account(`${ownWord()}@example.com`, '홍길동')
    await erased(id)
    expect((await note(mina, id, '기억함')).body.error.reason).toBe('CUSTOMER_ERASED')
  })
})

describe('who looked at what', () => {
  it('is found by person, customer, order, kind and time, page by page', async () => {
    const { story, mina, jun, activity } = await desk()
    const ids = [
      await account(`${ownWord()}@example.com`, 'A'),
      await account(`${ownWord()}@example.com`, 'B'),
    ]
    for (const who of [mina, jun])
      for (const id of ids) {
        await who.get(`/support/customers/${id}`)
        story.clockOnly(MINUTE)
      }
    const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString()
    expect(await activity(mina, `actor_id=${jun.userId}`)).toHaveLength(2)
    expect(await activity(jun, `customer_id=${ids[0]!}`)).toHaveLength(2)
    expect(await activity(jun, `actor_id=${mina.userId}&customer_id=${ids[0]!}`)).toHaveLength(1)
    expect(await activity(jun, `actor_id=${mina.userId}&action=unmasked`)).toEqual([])
    const between = `from=${at(1)}&to=${at(3)}&customer_id=`
    expect(await activity(jun, `${between}${ids[1]!}`)).toHaveLength(1)
    expect(await activity(jun, `${between}${ids[0]!}`)).toHaveLength(1)
    const first = await mina.get<ListBody<{ id: string }>>(
      `/support/activity?limit=1&actor_id=${mina.userId}`,
    )
    const { next_cursor: next, items } = first.body
    const second = await mina.get<ListBody<{ id: string }>>(
      `/support/activity?limit=1&actor_id=${mina.userId}&cursor=${next ?? ''}`,
    )
    expect(second.body.items[0]!.id < items[0]!.id).toBe(true)
  })

  it('is forgotten after two years, by the daily cron', async () => {
    const { story, mina, activity } = await desk()
    const id = await account(`${ownWord()}@example.com`, 'A')
    const kept = await desk()
    await mina.get(`/support/customers/${id}`)
    const daily = '17 18 * * *'
    await story.cron(daily)
    expect(await activity(mina, `customer_id=${id}`)).toHaveLength(1)
    story.clockOnly(2 * 365 * 24 * HOUR + 1)
    const later = await supportDesk(story)
    await later.mina.get(`/support/customers/${id}`)
    await story.cron(daily)
    const left = await activity(later.mina, `customer_id=${id}`)
    expect(left.map(({ actor_id }) => actor_id)).toEqual([later.mina.userId])
    expect(kept.mina.userId).not.toBe(mina.userId)
  })

  it('holds no e-mail, no name and nothing that was searched for', async () => {
    const { results } = await env.DB.prepare('SELECT * FROM support_activity').all()
    expect(results.length).toBeGreaterThan(20)
    expect(JSON.stringify(results)).not.toMatch(/@example|홍길동|김민수|남궁민수|1234-5678/)
  })
})

describe('somebody of the support', () => {
  it('is one who has an account', async () => {
    const story: Story = openStory()
    const ghost = withActor(story, () => ({
      role: 'SUPPORT',
      sessionId: crypto.randomUUID(),
      userId: null,
      memberships: [],
      visit: null,
    }))
    const { status } = await ghost.get('/support/activity')
    expect(status).toBe(401)
  })
})
