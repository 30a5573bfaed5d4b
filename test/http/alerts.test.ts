import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { ALERT_KINDS } from '../../src/domain/alerts/rule.ts'
import { evaluateAlerts } from '../../src/usecases/alerts/evaluate-alerts.ts'
import { sendAlerts } from '../../src/usecases/alerts/send-alerts.ts'
import { administration, type Listed } from '../support/administration.ts'
import { clearAlerts, MINUTE, SLACK } from '../support/alerts.ts'

interface Rule {
  kind: string
  of: string
  enabled: boolean
  fires_at: number
  clears_at: number
  hold_seconds: number
  changed_at: string | null
  state: string
  value: number | null
  firing: number
  measured_at: string | null
}
interface Channel {
  id: string
  kind: string
  name: string
  hint: string
  kinds: string[] | null
  enabled: boolean
  deployment: boolean
  waiting: number
  given_up: number
}
interface Message {
  kind: string | null
  news: string
  state: string
  attempts: number
  last_error: string | null
  next_try_at: string | null
}
const RULES = 'alerts/rules'
const CHANNELS = 'alerts/channels'
const RULE = { kind: 'http-5xx', enabled: true, fires_at: 20, clears_at: 10, hold_seconds: 60 }
const WISH = { kind: 'slack', name: '운영팀', address: SLACK }

let world: Awaited<ReturnType<typeof administration>>

beforeEach(async () => {
  await clearAlerts()
  await env.DB.prepare('DELETE FROM audit_entries').run()
  world = await administration()
})

const get = <T>(path: string) => world.admin.call<T>('GET', path)
const put = (rules: object[]) => world.admin.call<{ items: Rule[] }>('PUT', RULES, { rules })
const add = (wish: object = WISH) => world.admin.call<Channel>('POST', CHANNELS, wish)
const added = async (wish: object = WISH): Promise<string> => (await add(wish)).body.id
const channels = async () => (await get<Listed<Channel>>(CHANNELS)).body.items
const ruleOf = async (kind: string): Promise<Rule> =>
  (await get<{ items: Rule[] }>(RULES)).body.items.find((rule) => rule.kind === kind)!
const lines = async () =>
  (
    await env.DB.prepare(
      'SELECT action, subject_id, changes FROM audit_entries ORDER BY rowid',
    ).all<{
      action: string
      subject_id: string
      changes: string
    }>()
  ).results
/** Something to tell: a queue's letter that was given up. */
async function letter(): Promise<void> {
  const insert =
    "INSERT INTO dead_letters (id, body, error_kind, first_seen_at) VALUES (?, '{}', 'EXHAUSTED', 1)"
  await env.DB.prepare(insert).bind(crypto.randomUUID()).run()
}

describe('rules', () => {
  it('are all there as the code has them, before anything was measured', async () => {
    const { body } = await get<{ items: Rule[] }>(RULES)
    expect(body.items.map(({ kind }) => kind)).toEqual([...ALERT_KINDS])
    expect(body.items[0]).toEqual({
      ...{ kind: 'http-5xx', of: 'platform', unit: 'responses', enabled: true },
      ...{ fires_at: 11, clears_at: 5, hold_seconds: 0, maximum: 1_000_000 },
      default: { enabled: true, fires_at: 11, clears_at: 5, hold_seconds: 0 },
      ...{ changed_at: null, state: 'OK', since: null, value: null, firing: 0, measured_at: null },
    })
  })

  it('are set, those that are named; each change has its line', async () => {
    const { status, body } = await put([RULE, { ...RULE, kind: 'low-stock', enabled: false }])
    expect(status).toBe(200)
    expect(body.items.find(({ kind }) => kind === 'http-5xx')).toMatchObject(RULE)
    expect(await ruleOf('low-stock')).toMatchObject({ enabled: false, fires_at: 20 })
    expect(await ruleOf('order-p95')).toMatchObject({ fires_at: 2_000, changed_at: null })
    const told = await lines()
    expect(told.map(({ action, subject_id }) => [action, subject_id])).toEqual([
      ['alert-rule-changed', 'http-5xx'],
      ['alert-rule-changed', 'low-stock'],
    ])
    expect(JSON.parse(told[0]!.changes)).toEqual({
      firesAt: { from: 11, to: 20 },
      clearsAt: { from: 5, to: 10 },
      holdSeconds: { from: 0, to: 60 },
    })
  })

  it('that are set to what they are leave no line', async () => {
    await put([RULE])
    const before = await ruleOf('http-5xx')
    world.world.now += MINUTE
    await put([RULE])
    expect(await ruleOf('http-5xx')).toEqual(before)
    expect(await lines()).toHaveLength(1)
  })

  it.each([
    ['clears where it fires', { clears_at: 20 }, 'rules.0.clears_at', 'not_below_fires_at'],
    ['clears above', { clears_at: 30 }, 'rules.0.clears_at', 'not_below_fires_at'],
    ['fires at nothing', { fires_at: 0, clears_at: 0 }, 'rules.0.clears_at', 'not_below_fires_at'],
    ['fires never', { fires_at: 1_000_001 }, 'rules.0.fires_at', 'too_big'],
    ['holds for ever', { hold_seconds: 3_601 }, 'rules.0.hold_seconds', 'too_big'],
    ['is below nothing', { clears_at: -1 }, 'rules.0.clears_at', 'too_small'],
    ['is between two', { fires_at: 1.5 }, 'rules.0.fires_at', 'invalid_type'],
    ['is no number', { fires_at: '10' }, 'rules.0.fires_at', 'invalid_type'],
    ['is of no kind', { kind: 'weather' }, 'rules.0.kind', 'invalid_value'],
    ['says more', { told_to: 'me' }, 'rules.0.told_to', 'unrecognized_key'],
  ])('are refused where one %s', async (_, more, field, reason) => {
    const { status, body } = await put([{ ...RULE, ...more }])
    expect(status).toBe(400)
    expect(JSON.stringify(body.error.details)).toContain(field)
    expect(JSON.stringify(body.error.details)).toContain(reason)
    expect(await lines()).toEqual([])
  })

  it('are refused all together: the good ones are not set either', async () => {
    const bad = { ...RULE, kind: 'low-stock', clears_at: 40 }
    expect((await put([RULE, bad])).status).toBe(400)
    expect((await put([RULE, { ...RULE, fires_at: 50 }])).status).toBe(400)
    expect((await put([])).status).toBe(400)
    expect(await ruleOf('http-5xx')).toMatchObject({ fires_at: 11 })
  })

  it('tell where they stand', async () => {
    await letter()
    await evaluateAlerts(world.deps)
    expect(await ruleOf('dead-agenda-entries')).toMatchObject({
      ...{ state: 'FIRING', value: 1, firing: 1 },
      measured_at: new Date(world.world.now).toISOString(),
    })
    expect(await ruleOf('low-stock')).toMatchObject({ state: 'OK', value: null, firing: 0 })
  })
})

describe('a rule that two change at once', () => {
  it('has both changes, one after the other, and each line says what was before', async () => {
    const { alerts } = world.deps
    const book = await alerts.book()
    await put([RULE])
    let stale = true
    world.deps.alerts = {
      ...alerts,
      book: () => {
        if (!stale) return alerts.book()
        stale = false
        return Promise.resolve(book)
      },
    }
    expect((await put([{ ...RULE, fires_at: 30 }])).status).toBe(200)
    world.deps.alerts = alerts
    const changes = (await lines()).map((line) => JSON.parse(line.changes) as object)
    expect(changes[1]).toEqual({ firesAt: { from: 20, to: 30 } })
    expect(await lines()).toHaveLength(2)
  })
})

describe('what fires', () => {
  interface Alerts extends Listed<{ kind: string; news: string; value: number }> {
    firing: { kind: string; restaurant_id: string | null; value: number; since: string }[]
  }

  it('is there with what fired before, a page at a time', async () => {
    await env.DB.prepare('DELETE FROM dead_letters').run()
    for (let n = 0; n < 3; n += 1) {
      await letter()
      await evaluateAlerts(world.deps)
      world.world.now += MINUTE
      await env.DB.prepare('DELETE FROM dead_letters').run()
      await evaluateAlerts(world.deps)
      world.world.now += MINUTE
    }
    await letter()
    await evaluateAlerts(world.deps)
    const first = (await get<Alerts>('alerts?limit=4')).body
    expect(first.firing).toMatchObject([
      { kind: 'dead-agenda-entries', restaurant_id: null, value: 1 },
    ])
    expect(first.items.map(({ news }) => news)).toEqual(['FIRING', 'OK', 'FIRING', 'OK'])
    const next = await get<Alerts>(`alerts?limit=4&cursor=${first.next_cursor ?? ''}`)
    expect(next.body.items.map(({ news }) => news)).toEqual(['FIRING', 'OK', 'FIRING'])
  })

  it('and who was told of it, and who could not be', async () => {
    await env.DB.prepare('DELETE FROM dead_letters').run()
    const id = await added()
    world.chat.answer = () => new Response(null, { status: 503 })
    await letter()
    await evaluateAlerts(world.deps)
    await sendAlerts(world.deps)
    expect((await channels())[0]).toMatchObject({ waiting: 1, given_up: 0 })
    const messages = async () =>
      (await get<Listed<Message>>(`${CHANNELS}/${id}/messages`)).body.items
    expect(await messages()).toMatchObject([
      { kind: 'dead-agenda-entries', news: 'FIRING', state: 'WAITING', last_error: 'STATUS_503' },
    ])
    world.chat.answer = () => new Response(null, { status: 403 })
    world.world.now += 2 * MINUTE
    await sendAlerts(world.deps)
    expect(await messages()).toMatchObject([{ state: 'GIVEN_UP', next_try_at: null, attempts: 2 }])
    expect((await channels())[0]).toMatchObject({ waiting: 0, given_up: 1 })
  })
})

describe('support', () => {
  it('reads all of it and changes nothing', async () => {
    const id = await added()
    const support = await world.someone('SUPPORT')
    for (const path of ['alerts', RULES, CHANNELS, `${CHANNELS}/${id}/messages`])
      expect((await support.call('GET', path)).status).toBe(200)
    const changes = [
      support.call('PUT', RULES, { rules: [RULE] }),
      support.call('POST', CHANNELS, WISH),
      support.call('PATCH', `${CHANNELS}/${id}`, { enabled: false }),
      support.call('DELETE', `${CHANNELS}/${id}`),
      support.call('POST', `${CHANNELS}/${id}/test`),
    ]
    for (const { status } of await Promise.all(changes)) expect(status).toBe(403)
  })
})
