import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createSettings } from '../../src/db/repositories/settings.ts'
import { runCron } from '../../src/cron/run.ts'
import { RememberedSettings } from '../../src/usecases/settings/remembered-settings.ts'
import { administration, type Listed } from '../support/administration.ts'
import { newRestaurantId } from '../support/identity.ts'

type World = Awaited<ReturnType<typeof administration>>
type Person = Awaited<ReturnType<World['someone']>>

interface Change {
  id: string
  name: string
  from: unknown
  to: unknown
  version: number
  state: string
  proposed_by: string
  decided_by: string | null
  decided_at: string | null
  note: string | null
}
interface Setting {
  name: string
  value: unknown
  default: unknown
  version: number
  changed: { change_id: string; proposed_by: string; approved_by: string } | null
  open_change: Change | null
}
interface Line {
  actor_id: string | null
  action: string
  subject_id: string
  reason: string | null
  changes: string
}

const HOUR_MS = 3_600_000
const NAME = 'refund_max_age_days'
const WISH = { name: NAME, value: 60, reason: '정산을 앞당깁니다' }

let world: World
let first: Person
let second: Person

beforeEach(async () => {
  world = await administration()
  for (const table of ['platform_settings', 'setting_changes', 'audit_entries'])
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  first = world.admin
  second = await world.someone('ADMIN')
})

const propose = (person: Person, wish: object = WISH, headers: Record<string, string> = {}) =>
  person.call<Change>('POST', 'settings/changes', wish, headers)
const decide = (person: Person, verb: 'approve' | 'reject', id: string, body: object = {}) =>
  person.call<Change>('POST', `settings/changes/${id}/${verb}`, body)
const proposed = async (wish: object = WISH): Promise<Change> => (await propose(first, wish)).body
const setting = async (name = NAME): Promise<Setting> => {
  const { body } = await first.call<{ items: Setting[] }>('GET', 'settings')
  return body.items.find((one) => one.name === name)!
}
const audited = async (): Promise<Line[]> =>
  (
    await env.DB.prepare(
      'SELECT actor_id, action, subject_id, reason, changes FROM audit_entries ORDER BY rowid',
    ).all<Line>()
  ).results
const refusalOf = ({ status, body }: { status: number; body: { error: { reason?: string } } }) => [
  status,
  body.error.reason,
]

describe('changing a setting with four eyes', () => {
  it('changes nothing before a second person approves it, and then at once', async () => {
    const made = await propose(first)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: NAME, from: 90, to: 60, version: 0, state: 'PROPOSED' })
    expect(await setting()).toMatchObject({ value: 90, version: 0, changed: null })
    expect((await setting()).open_change?.id).toBe(made.body.id)
    expect((await world.deps.platformSettings.read()).refundMaxAgeDays).toBe(90)

    const approved = await decide(second, 'approve', made.body.id, { note: '확인' })
    expect(approved.status).toBe(200)
    expect(approved.body).toMatchObject({
      state: 'APPROVED',
      decided_by: second.userId,
      note: '확인',
    })
    expect((await world.deps.platformSettings.read()).refundMaxAgeDays).toBe(60)
    expect(await setting()).toMatchObject({
      value: 60,
      default: 90,
      version: 1,
      open_change: null,
      changed: {
        change_id: made.body.id,
        proposed_by: first.userId,
        approved_by: second.userId,
      },
    })
  })

  it('leaves a line for the proposal and one for the approval, and none for repeats', async () => {
    const { id } = await proposed()
    await decide(second, 'approve', id, { note: '확인' })
    await decide(second, 'approve', id, { note: '다시' })
    const lines = await audited()
    expect(lines.map(({ actor_id, action, subject_id }) => [actor_id, action, subject_id])).toEqual(
      [
        [first.userId, 'setting-change-proposed', id],
        [second.userId, 'setting-changed', NAME],
      ],
    )
    expect(lines[0]!.reason).toBe(WISH.reason)
    expect(JSON.parse(lines[1]!.changes)).toEqual({
      value: { from: 90, to: 60 },
      version: { from: 0, to: 1 },
      change: { from: null, to: id },
    })
  })

  it('refuses whoever proposed it, by account: another role or name makes nobody a second person', async () => {
    const { id } = await proposed()
    expect(refusalOf(await decide(first, 'approve', id))).toEqual([403, 'SAME_PERSON'])
    expect(refusalOf(await decide(first, 'reject', id))).toEqual([403, 'SAME_PERSON'])
    await env.DB.prepare(
      "UPDATE users SET name = '다른 사람', email = 'else@example.com' WHERE id = ?",
    )
      .bind(first.userId)
      .run()
    expect(refusalOf(await decide(first, 'approve', id))).toEqual([403, 'SAME_PERSON'])
    expect(await setting()).toMatchObject({ value: 90, version: 0 })
    expect(await audited()).toHaveLength(1)
  })

  it.each([
    ['lost the role', "UPDATE users SET role = 'CUSTOMER' WHERE id = ?"],
    ['was locked', 'UPDATE users SET locked_at = 1 WHERE id = ?'],
    ['was erased', 'UPDATE users SET erased_at = 1 WHERE id = ?'],
  ])('refuses a second person who %s since the token was signed', async (_, loss) => {
    const { id } = await proposed()
    await env.DB.prepare(loss).bind(second.userId).run()
    for (const verb of ['approve', 'reject'] as const)
      expect((await decide(second, verb, id)).status).toBe(403)
    expect(await setting()).toMatchObject({ value: 90, open_change: { id } })
    expect((await propose(second, { ...WISH, name: 'unmasks_per_hour' })).status).toBe(403)
    expect(await audited()).toHaveLength(1)
  })

  it('is decided once, however many decide at the same moment', async () => {
    const third = await world.someone('ADMIN')
    const { id } = await proposed()
    const answers = await Promise.all([
      decide(second, 'approve', id),
      decide(third, 'approve', id),
      decide(third, 'reject', id),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2)
    expect(await audited()).toHaveLength(2)
    const won = answers.find(({ status }) => status === 200)!.body.state
    expect((await setting()).value).toBe(won === 'APPROVED' ? 60 : 90)
  })

  it('says the same to whoever decided it and asks again, and how it stands to everybody else', async () => {
    const third = await world.someone('ADMIN')
    const { id } = await proposed()
    const rejected = await decide(second, 'reject', id, { note: '아직' })
    expect(rejected.body).toMatchObject({ state: 'REJECTED', note: '아직' })
    expect((await decide(second, 'reject', id)).body).toEqual(rejected.body)
    const late = await decide(second, 'approve', id)
    expect(refusalOf(late)).toEqual([409, 'SETTING_CHANGE_STATE'])
    expect(late.body.error.details).toEqual({ state: 'REJECTED' })
    expect(refusalOf(await decide(third, 'reject', id))).toEqual([409, 'SETTING_CHANGE_STATE'])
    expect(await setting()).toMatchObject({ value: 90, version: 0, open_change: null })
  })

  it('keeps one proposal a setting open', async () => {
    const { id } = await proposed()
    const other = await propose(second, { ...WISH, value: 30 })
    expect(refusalOf(other)).toEqual([409, 'SETTING_CHANGE_OPEN'])
    expect(other.body.error.details).toEqual({ change_id: id })
    expect((await propose(second, { ...WISH, name: 'unmasks_per_hour' })).status).toBe(201)
    await decide(second, 'reject', id)
    expect((await propose(second, { ...WISH, value: 30 })).status).toBe(201)
  })

  it('enters one of two proposals made at the same moment', async () => {
    const answers = await Promise.all([propose(first), propose(second, { ...WISH, value: 30 })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(await audited()).toHaveLength(1)
  })

  it('refuses a proposal made on a version that is not the newest', async () => {
    await decide(second, 'approve', (await proposed()).id)
    const late = await propose(first, { ...WISH, value: 30, version: 0 })
    expect(refusalOf(late)).toEqual([409, 'VERSION'])
    expect(late.body.error.details).toEqual({ current: { version: 1 } })
    expect((await propose(first, { ...WISH, value: 30, version: 1 })).status).toBe(201)
  })

  it('approves nothing that was proposed on another version', async () => {
    const { id } = await proposed()
    // A restored database may hold a proposal beside a setting that has moved on.
    await env.DB.prepare('INSERT INTO platform_settings VALUES (?, ?, 4, ?, 0)')
      .bind(NAME, '45', crypto.randomUUID())
      .run()
    const late = await decide(second, 'approve', id)
    expect(refusalOf(late)).toEqual([409, 'VERSION'])
    expect(await setting()).toMatchObject({ value: 45, version: 4 })
    expect((await decide(second, 'reject', id)).status).toBe(200)
  })

  it('is the first proposal again for the same key, whatever has become of it', async () => {
    const key = { 'idempotency-key': 'tap' }
    const made = await propose(first, WISH, key)
    expect((await propose(first, WISH, key)).body).toEqual(made.body)
    await decide(second, 'approve', made.body.id)
    const again = await propose(first, WISH, key)
    expect([again.status, again.body.state]).toEqual([201, 'APPROVED'])
    expect((await propose(first, { ...WISH, value: 30 }, key)).status).toBe(422)
    expect((await propose(second, { ...WISH, value: 30 }, key)).status).toBe(201)
  })

  it('is one proposal for the same key sent twice at once', async () => {
    const key = { 'idempotency-key': 'double tap' }
    const [one, two] = await Promise.all([propose(first, WISH, key), propose(first, WISH, key)])
    expect([one.status, two.status]).toEqual([201, 201])
    expect(one.body.id).toBe(two.body.id)
    expect(await audited()).toHaveLength(1)
  })
})

describe('a proposal that nobody decides', () => {
  it('ends after its hours: no approval counts, and another may be made', async () => {
    const { id } = await proposed()
    world.world.now += 72 * HOUR_MS
    for (const verb of ['approve', 'reject'] as const) {
      const late = await decide(second, verb, id)
      expect(refusalOf(late)).toEqual([409, 'SETTING_CHANGE_STATE'])
      expect(late.body.error.details).toEqual({ state: 'EXPIRED' })
    }
    expect(await setting()).toMatchObject({ value: 90, open_change: null })
    expect((await first.call<Change>('GET', `settings/changes/${id}`)).body.state).toBe('EXPIRED')
    expect((await propose(second, { ...WISH, value: 30 })).status).toBe(201)
    const lines = await audited()
    expect(lines.map(({ actor_id, action }) => [actor_id, action])).toEqual([
      [first.userId, 'setting-change-proposed'],
      [null, 'setting-change-expired'],
      [second.userId, 'setting-change-proposed'],
    ])
  })

  it('waits as long as the setting said when it was made', async () => {
    await decide(
      second,
      'approve',
      (await proposed({ ...WISH, name: 'change_lasts_hours', value: 1 })).id,
    )
    const { id } = await proposed()
    world.world.now += HOUR_MS - 1
    expect((await first.call<Change>('GET', `settings/changes/${id}`)).body.state).toBe('PROPOSED')
    world.world.now += 1
    expect((await first.call<Change>('GET', `settings/changes/${id}`)).body.state).toBe('EXPIRED')
  })

  it('is written down by the cron, once', async () => {
    const { id } = await proposed()
    world.world.now += 72 * HOUR_MS
    for (let runs = 0; runs < 2; runs += 1) await runCron(world.deps, '41 * * * *')
    const row = await env.DB.prepare('SELECT state FROM setting_changes WHERE id = ?')
      .bind(id)
      .first()
    expect(row).toEqual({ state: 'EXPIRED' })
    expect((await audited()).map(({ action }) => action)).toEqual([
      'setting-change-proposed',
      'setting-change-expired',
    ])
  })
})

describe('what may be proposed', () => {
  it.each([
    [{ value: 366 }, 'value', 'too_big'],
    [{ value: 0 }, 'value', 'too_small'],
    [{ value: '60' }, 'value', 'invalid_type'],
    [{ value: true }, 'value', 'invalid_type'],
    [{ value: null }, 'value', 'invalid_type'],
    [{ value: 90 }, 'value', 'unchanged'],
    [{ value: undefined }, 'value', 'required'],
    [{ name: 'jwt_keys' }, 'name', 'invalid_value'],
    [{ name: 'refundMaxAgeDays' }, 'name', 'invalid_value'],
    [{ reason: ' ' }, 'reason', 'too_small'],
    [{ reason: undefined }, 'reason', 'required'],
    [{ state: 'APPROVED' }, 'state', 'unrecognized_keys'],
    [{ proposed_by: 'somebody' }, 'proposed_by', 'unrecognized_keys'],
  ])('not %j', async (part, field, reason) => {
    const { status, body } = await propose(first, { ...WISH, ...part })
    expect([status, body.error.details?.field, body.error.reason]).toEqual([400, field, reason])
    expect(await audited()).toEqual([])
  })

  it('a default restaurant that there is, and none', async () => {
    const id = newRestaurantId()
    const unknown = newRestaurantId()
    const known = { ok: true, value: { id } }
    const missing = { ok: false, refusal: { kind: 'NOT_FOUND', what: 'restaurant' } }
    Object.assign(world.deps, {
      restaurants: (asked: string) => ({
        query: () => Promise.resolve(asked === id ? known : missing),
      }),
    })
    const name = 'default_restaurant_id'
    const refused = await propose(first, { ...WISH, name, value: unknown })
    expect([refused.status, refused.body.error.reason]).toEqual([400, 'unknown_restaurant'])
    await decide(second, 'approve', (await proposed({ ...WISH, name, value: id.toUpperCase() })).id)
    expect((await world.deps.platformSettings.read()).defaultRestaurantId).toBe(id)
    await decide(second, 'approve', (await proposed({ ...WISH, name, value: null })).id)
    expect((await world.deps.platformSettings.read()).defaultRestaurantId).toBeNull()
    expect(await setting(name)).toMatchObject({ value: null, version: 2 })
  })
})

describe('the history of settings', () => {
  it('is read newest first, in pages, by what is asked for', async () => {
    const ids: string[] = []
    for (const value of [10, 20, 30]) {
      world.world.now += 1_000
      const { id } = await proposed({ ...WISH, value })
      ids.unshift(id)
      await decide(second, value === 20 ? 'reject' : 'approve', id)
    }
    world.world.now += 1_000
    const open = (await propose(second, { ...WISH, name: 'unmasks_per_hour', value: 5 })).body.id
    const all = [open, ...ids]
    const list = async (query: string) => {
      const found = await first.call<Listed<Change>>('GET', `settings/changes?${query}`)
      expect(found.status).toBe(200)
      return found.body
    }
    const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id)
    const page = await list('limit=2')
    expect(page.items.map(({ id }) => id)).toEqual(all.slice(0, 2))
    expect(await idsOf(`limit=2&cursor=${page.next_cursor!}`)).toEqual(all.slice(2))
    expect(await idsOf(`name=${NAME}`)).toEqual(ids)
    expect(await idsOf('state=APPROVED')).toEqual([ids[0], ids[2]])
    expect(await idsOf('state=REJECTED')).toEqual([ids[1]])
    expect(await idsOf('state=PROPOSED')).toEqual([open])
    expect(await idsOf('state=EXPIRED')).toEqual([])
    expect(await idsOf(`proposed_by=${second.userId}`)).toEqual([open])
    expect(await idsOf(`decided_by=${second.userId}`)).toEqual(ids)
    const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString())
    const { now } = world.world
    expect(await idsOf(`from=${iso(now - 1_000)}`)).toEqual(all.slice(0, 2))
    expect(await idsOf(`from=${iso(now - 3_000)}&to=${iso(now - 1_000)}`)).toEqual(ids.slice(1))
    world.world.now += 72 * HOUR_MS
    expect(await idsOf('state=PROPOSED')).toEqual([])
    expect(await idsOf('state=EXPIRED')).toEqual([open])
  })

  it('knows nothing of proposals that there are not', async () => {
    const unknown = crypto.randomUUID()
    expect((await first.call('GET', `settings/changes/${unknown}`)).status).toBe(404)
    expect((await decide(second, 'approve', unknown)).status).toBe(404)
  })
})

describe('settings while the database is down', () => {
  it('are not changed and not shown, and those who read them go on', async () => {
    const { id } = await proposed()
    await decide(second, 'approve', id)
    expect((await world.deps.platformSettings.read()).refundMaxAgeDays).toBe(60)
    const down = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'))
    const broken = { prepare: () => ({ bind: () => ({ all: down, raw: down, run: down }) }) }
    const settingChanges = createSettings({
      ...broken,
      batch: down,
    } as unknown as D1Database)
    Object.assign(world.deps, { settingChanges })
    expect((await first.call('GET', 'settings')).status).toBe(503)
    expect((await propose(first, { ...WISH, value: 30 })).status).toBe(503)
    expect((await decide(second, 'approve', id)).status).toBe(503)
    expect((await world.deps.platformSettings.read()).refundMaxAgeDays).toBe(60)
    const fresh = new RememberedSettings({ ...world.deps, stored: () => settingChanges.stored() })
    expect((await fresh.read()).refundMaxAgeDays).toBe(90)
  })
})
