import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { placeWith, type Place } from '../support/story-restaurant.ts'
import { CHAT_ORIGIN, MINUTE, NOON, SECOND, type Story } from '../support/story.ts'

const HOUR = 60 * MINUTE
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const daily = (open: string, close: string) =>
  Object.fromEntries(DAYS.map((day) => [day, [{ open, close }]]))
const iso = (at: number): string => new Date(at).toISOString()

const CHANNEL = `${CHAT_ORIGIN}/chat/discord/kitchen`
const KEYS = { secret_key: 'test_sk_very-secret-1234', client_key: 'test_ck_not-so-secret-5678' }
type Settings = Record<string, unknown>

const settings = async ({ owner }: Place) => (await owner.get<Settings>('/restaurants/me')).body
const menu = async ({ id, owner }: Place) =>
  (await owner.get<{ restaurant: Settings }>(`/restaurants/${id}/menu`)).body.restaurant

describe('opening hours over HTTP', () => {
  it('are set at the start, shown as they were sent, and changed', async () => {
    const opening_exceptions = [
      { date: '2026-12-25', closed: true },
      { date: '2026-12-31', hours: [{ open: '18:00', close: '03:00' }] },
    ]
    const { place } = await placeWith({
      opening_hours: daily('11:00', '22:00'),
      opening_exceptions,
    })
    expect(await settings(place)).toMatchObject({
      opening_hours: daily('11:00', '22:00'),
      opening_exceptions,
      open: true,
      opens_at: null,
    })
    await place.owner.patch('/restaurants/me', {
      opening_hours: { fri: [], sat: [{ open: '10:00', close: '12:00' }] },
    })
    expect(await settings(place)).toMatchObject({
      opening_hours: {
        ...Object.fromEntries(DAYS.map((day) => [day, []])),
        sat: [{ open: '10:00', close: '12:00' }],
      },
      open: false,
      opens_at: '2026-11-21T01:00:00.000Z',
    })
    await place.owner.patch('/restaurants/me', { opening_hours: null, opening_exceptions: [] })
    expect(await settings(place)).toMatchObject({ opening_hours: null, open: true })
  })

  it('refuse orders outside with the time of the next opening', async () => {
    const { story, place } = await placeWith({ opening_hours: daily('11:00', '22:00') })
    const guest = await place.guest()
    await story.passes(10 * HOUR)
    const { status, body } = await place.place(guest)
    expect([status, body.error]).toMatchObject([
      409,
      { reason: 'RESTAURANT_CLOSED', details: { opens_at: iso(NOON + 23 * HOUR) } },
    ])
    expect(await menu(place)).toMatchObject({ open: false, opens_at: iso(NOON + 23 * HOUR) })
  })

  it('that open or close change what the menu answers to a conditional read', async () => {
    const { story, place } = await placeWith({ opening_hours: daily('11:00', '22:00') })
    const path = `/restaurants/${place.id}/menu`
    const first = await story.ask(`/api/v1${path}`)
    const known = { headers: { 'if-none-match': first.headers.get('etag') ?? '' } }
    expect((await story.ask(`/api/v1${path}`, known)).status).toBe(304)
    await story.passes(10 * HOUR)
    expect((await story.ask(`/api/v1${path}`, known)).status).toBe(200)
  })

  it.each<[string, Settings]>([
    [
      'opening_hours.mon.1.open',
      {
        opening_hours: {
          mon: [
            { open: '10:00', close: '12:00' },
            { open: '11:00', close: '13:00' },
          ],
        },
      },
    ],
    [
      'opening_hours.tue.0.open',
      {
        opening_hours: {
          mon: [{ open: '20:00', close: '03:00' }],
          tue: [{ open: '02:00', close: '13:00' }],
        },
      },
    ],
    ['opening_hours.mon.0.open', { opening_hours: { mon: [{ open: '9am', close: '12:00' }] } }],
    ['opening_exceptions.0.date', { opening_exceptions: [{ date: '2026-02-30', closed: true }] }],
    ['timezone', { timezone: 'Asia/Nowhere' }],
    ['unseen_alert_seconds', { unseen_alert_seconds: 1 }],
    ['packaging_fee_amount', { packaging_fee_amount: -500 }],
    ['service_fee_basis_points', { service_fee_basis_points: 3_001 }],
    ['tax_basis_points', { tax_basis_points: 1e20 }],
    ['order_cards', { order_cards: ['discord', 'discord'] }],
    ['order_cards.0', { order_cards: ['pager'] }],
    [
      'deposit_account.account_no',
      { deposit_account: { bank: '국민', account_no: 'none', holder: '김' } },
    ],
  ])('are refused at %s', async (field, body) => {
    const { place } = await shared
    const refused = await place.owner.patch('/restaurants/me', body)
    expect([refused.status, refused.body.error.details?.field]).toEqual([400, field])
  })

  it('say where the cards of orders go: nowhere in particular, somewhere, or nowhere at all', async () => {
    const { place } = await placeWith()
    expect(await settings(place)).toMatchObject({ order_cards: null })
    for (const order_cards of [['slack', 'email'], [], null]) {
      await place.owner.patch('/restaurants/me', { order_cards })
      expect(await settings(place)).toMatchObject({ order_cards })
    }
  })

  it('refuse a day that is misspelt rather than close on it', async () => {
    const { place } = await shared
    const hours = [{ open: '10:00', close: '12:00' }]
    const refused = await place.owner.patch('/restaurants/me', {
      opening_hours: { ...daily('11:00', '22:00'), monday: hours },
    })
    expect(refused.status).toBe(400)
  })
})

const shared = placeWith()

describe('pausing over HTTP', () => {
  it('is for staff too, ends by itself, and is on the menu', async () => {
    const { story, place } = await placeWith()
    const until = iso(NOON + HOUR)
    const paused = await place.staff.post('/restaurants/me/pause', { until })
    expect(paused.body).toMatchObject({
      open: false,
      opens_at: until,
      paused: true,
      paused_until: until,
      pause_reason: 'STAFF',
    })
    expect(await menu(place)).toMatchObject({ open: false, opens_at: until })
    await story.passes(HOUR)
    expect(await menu(place)).toMatchObject({ open: true, opens_at: null })
    await place.staff.post('/restaurants/me/pause', {})
    const resumed = await place.staff.post('/restaurants/me/resume')
    expect(resumed.body).toMatchObject({ open: true, paused: false, pause_reason: null })
  })

  it('or being busy cannot end in the past', async () => {
    const { place } = await shared
    const until = iso(NOON - 1)
    for (const [path, body] of [
      ['pause', { until }],
      ['busy', { delay_minutes: 5, until }],
    ] as const) {
      const refused = await place.staff.post(`/restaurants/me/${path}`, body)
      expect([refused.status, refused.body.error.details?.field]).toEqual([400, 'until'])
    }
  })

  it('is not needed when busy: orders go on, and the menu says how much longer', async () => {
    const { place } = await placeWith()
    const busy = await place.staff.post('/restaurants/me/busy', { delay_minutes: 20 })
    expect(busy.body).toMatchObject({ open: true, busy_delay_minutes: 20, busy_until: null })
    expect(await menu(place)).toMatchObject({ busy_delay_minutes: 20 })
    expect((await place.place(await place.guest())).status).toBe(201)
    await place.staff.post('/restaurants/me/busy', { delay_minutes: 0 })
    expect(await menu(place)).toMatchObject({ busy_delay_minutes: 0 })
  })

  it('is for nobody else', async () => {
    const { place } = await shared
    const guest = await place.guest()
    for (const path of ['pause', 'resume', 'busy'])
      expect((await guest.post(`/restaurants/me/${path}`, {})).status).toBe(403)
  })
})

/** Everything that is written down anywhere: the object's rows, the read model, the log. */
async function writtenDown(story: Story, place: Place): Promise<string> {
  const stub = env.RESTAURANTS.getByName(place.id.slice(-12))
  const rows = await runInDurableObject(stub, (_, { storage: { sql } }) =>
    sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'",
      )
      .toArray()
      .map(({ name }) => sql.exec(`SELECT * FROM ${name}`).toArray()),
  )
  const { results } = await env.DB.prepare('SELECT * FROM restaurants').all()
  const index = await env.DB.prepare('SELECT * FROM restaurant_index').all()
  return JSON.stringify([rows, results, index.results, story.world.logged, story.queue])
}

describe('what a restaurant entrusts to us', () => {
  it('is never shown again: that it is set, and its last characters', async () => {
    const { story, place } = await placeWith({
      sinks: { discord: { webhook_url: CHANNEL } },
      provider_keys: { toss: KEYS },
    })
    const shown = {
      sinks: {
        discord: { webhook_url: { configured: true, hint: '…chen' } },
        slack: { webhook_url: { configured: false, hint: null } },
      },
      provider_keys: {
        toss: {
          secret_key: { configured: true, hint: '…1234' },
          client_key: { configured: true, hint: '…5678' },
        },
        payaction: { api_key: { configured: false } },
      },
    }
    expect(await settings(place)).toMatchObject(shown)
    const edited = await place.owner.patch<Settings>('/restaurants/me', { name: '새 이름' })
    expect(edited.body).toMatchObject(shown)
    await story.settle()
    const everything = await writtenDown(story, place)
    expect(everything).toContain('…1234')
    for (const secret of [CHANNEL, KEYS.secret_key, KEYS.client_key])
      expect(everything).not.toContain(secret)
  })

  it('is replaced and taken away group by group', async () => {
    const { place } = await placeWith({ provider_keys: { toss: KEYS } })
    await place.owner.patch('/restaurants/me', {
      sinks: { email: { address: 'boss@restaurant.example' } },
    })
    expect(await settings(place)).toMatchObject({
      sinks: { email: { address: { configured: true, hint: '…@restaurant.example' } } },
      provider_keys: { toss: { secret_key: { configured: true } } },
    })
    await place.owner.patch('/restaurants/me', {
      sinks: { email: null },
      provider_keys: { toss: null },
    })
    expect(await settings(place)).toMatchObject({
      sinks: { email: { address: { configured: false, hint: null } } },
      provider_keys: { toss: { secret_key: { configured: false, hint: null } } },
    })
  })

  it('stays as it is while a payment is open at that provider', async () => {
    const { place } = await placeWith()
    await place.authenticated(await place.guest())
    const { status, body } = await place.owner.patch('/restaurants/me', {
      provider_keys: { toss: KEYS },
    })
    expect([status, body.error]).toMatchObject([
      409,
      { code: 'CONFLICT', reason: 'PAYMENTS_OPEN', details: { payments: 1 } },
    ])
    expect(body.error.details?.['until']).toMatch(/^2026-11-20T/)
    expect(await settings(place)).toMatchObject({
      provider_keys: { toss: { secret_key: { configured: false } } },
    })
  })

  it('may only be an address of its service', async () => {
    const { story, place } = await shared
    for (const webhook_url of [
      'http://169.254.169.254/latest',
      'https://evil.example/api/webhooks/1/x',
    ])
      for (const sink of ['discord', 'slack']) {
        const refused = await place.owner.patch('/restaurants/me', {
          sinks: { [sink]: { webhook_url } },
        })
        expect([refused.status, refused.body.error.details?.field]).toEqual([
          400,
          `sinks.${sink}.webhook_url`,
        ])
      }
    const opening = { name: 'x', sinks: { slack: { webhook_url: 'https://evil.example' } } }
    expect((await place.owner.post('/restaurants', opening)).status).toBe(400)
    expect(story.chats()).toEqual([])
  })

  it('comes with the answer to the same request again', async () => {
    const { place } = await shared
    const body = { sinks: { discord: { webhook_url: CHANNEL } } }
    const key = crypto.randomUUID()
    const first = await place.owner.patch<Settings>('/restaurants/me', body, { key })
    const again = await place.owner.patch<Settings>('/restaurants/me', body, { key })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
  })
})

describe('when nobody is listening', () => {
  const unattended = async (more: Settings = {}) => {
    const { story, place } = await placeWith({
      payment_policy: 'POSTPAID',
      payment_methods: ['COUNTER'],
      accept_deadline_seconds: 7_200,
      ...more,
    })
    const guest = await place.guest()
    const order = await place.ordered(guest, { payment_method: 'COUNTER' })
    return { story, place, guest, order }
  }

  it('tells the owner on Discord and by e-mail, once, and the guest', async () => {
    const { story, guest, order } = await unattended({
      sinks: {
        discord: { webhook_url: CHANNEL },
        email: { address: 'boss@restaurant.example' },
      },
    })
    await story.passes(10 * SECOND)
    await story.settle()
    expect(story.chats()).toMatchObject([
      { channel: 'discord/kitchen', body: { allowed_mentions: { parse: [] } } },
    ])
    expect(JSON.stringify(story.chats())).toContain(`${order.order_number} \\\\(A1\\\\)`)
    expect(story.world.logged.filter(({ kind }) => kind === 'notify-not-sent')).toEqual([])
    expect(story.mails()).toMatchObject([{ to: 'boss@restaurant.example' }])
    const seen = await guest.get<Settings>(`/orders/${order.order_id}`)
    expect(seen.body).toMatchObject({ rings: true, unseen_since: iso(NOON + 10 * SECOND) })
    for (let minute = 0; minute < 5; minute += 1) await story.passes(MINUTE)
    expect([story.chats().length, story.mails().length]).toEqual([1, 1])
  })

  it('tries again when a channel has too much to do, and gives up where it is gone', async () => {
    const { story } = await unattended({
      sinks: {
        discord: { webhook_url: `${CHANNEL}/answers/429` },
        slack: { webhook_url: `${CHANNEL}/answers/404` },
      },
    })
    await story.passes(10 * SECOND)
    await story.passes(2 * SECOND)
    await story.passes(2 * SECOND)
    const notSent = story.world.logged.filter(({ kind }) => kind === 'notify-not-sent')
    const of = (sink: string) => notSent.filter((line) => line.sink === sink)
    expect(of('slack')).toMatchObject([{ outcome: 'refused', reason: 'STATUS_404' }])
    expect(of('discord').length).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify(notSent)).not.toContain(CHANNEL)
  })
})
