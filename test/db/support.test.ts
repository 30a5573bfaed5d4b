import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRefundRequests } from '../../src/db/repositories/refund-requests.ts'
import { createSupportActivity } from '../../src/db/repositories/support-activity.ts'
import { createSupportCustomers } from '../../src/db/repositories/support-customers.ts'
import {
  createSupportNotes,
  forgetSupportStatements,
} from '../../src/db/repositories/support-notes.ts'
import type { AuditEntry } from '../../src/domain/audit.ts'
import { mintTimedId, PLATFORM_KEY } from '../../src/domain/ids.ts'
import type { RefundRequest, SupportActivity } from '../../src/domain/support/refund-request.ts'
import { newRestaurantId, random } from '../support/identity.ts'
import { account } from '../support/support-desk.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const DAY = 24 * 3_600_000
const PAGE = { limit: 20, beforeId: null }

interface Said {
  sql: string
  params: unknown[]
}

/** The database, and every statement that is prepared on it. */
function listening(database: D1Database) {
  const said: Said[] = []
  const prepare = (sql: string) => {
    const statement = database.prepare(sql)
    return new Proxy(statement, {
      get(target, name) {
        if (name !== 'bind') {
          const member: unknown = Reflect.get(target, name)
          return typeof member === 'function' ? (member.bind(target) as unknown) : member
        }
        return (...params: unknown[]) => {
          said.push({ sql, params })
          return target.bind(...params)
        }
      },
    })
  }
  const batch = (statements: D1PreparedStatement[]) => database.batch(statements)
  return { database: { prepare, batch } as unknown as D1Database, said }
}

/** How SQLite would answer everything that the work asks. */
async function plansOf(work: (database: D1Database) => Promise<unknown>): Promise<string[]> {
  const { database, said } = listening(env.DB)
  await work(database)
  const plans = await Promise.all(
    said.map(({ sql, params }) =>
      env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...params)
        .all<{ detail: string }>(),
    ),
  )
  return plans.flatMap(({ results }) => results.map(({ detail }) => detail))
}

const id = (at = NOW) => mintTimedId(PLATFORM_KEY, at, random)

const anActivity = (more: Partial<SupportActivity> = {}): SupportActivity => ({
  id: id(more.at),
  at: NOW,
  actorId: 'mina',
  actorRole: 'SUPPORT',
  action: 'viewed',
  customerId: 'minsu',
  orderId: null,
  reason: null,
  details: {},
  traceId: null,
  ...more,
})

const anAudit = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: id(),
  at: NOW,
  actorId: 'mina',
  actorRole: 'SUPPORT',
  action: 'refund-requested',
  subject: 'refund-request',
  subjectId: 'r',
  restaurantId: null,
  reason: null,
  changes: {},
  traceId: null,
  ...more,
})

const traces = () => ({ audit: anAudit(), activity: anActivity({ action: 'refund-requested' }) })

const aRequest = (more: Partial<RefundRequest> = {}): RefundRequest => {
  const restaurantId = newRestaurantId()
  return {
    id: id(),
    orderId: mintTimedId(restaurantId.slice(-12), NOW, random),
    restaurantId,
    userId: null,
    state: 'REQUESTED',
    amount: null,
    lines: null,
    sum: 5_000,
    currency: 'KRW',
    reason: '늦음',
    policy: 'ABOVE_LIMIT',
    requestedBy: 'mina',
    requestedAt: NOW,
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    refundIds: null,
    failure: null,
    lookAt: null,
    ...more,
  }
}

const requests = createRefundRequests(env.DB)
const newKey = () => ({ idempotencyKey: crypto.randomUUID(), fingerprint: 'f' })
const NONE = { ofOrder: 0, ofCustomer: 0, since: NOW - 30 * DAY }
const linesOf = async (table: string, where: string): Promise<number> =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<{ n: number }>())
    ?.n ?? 0

describe('what support asks the database', () => {
  it.each([
    [
      'an e-mail',
      'users_email_unique',
      (db: D1Database) => createSupportCustomers(db).byEmail('minsu@', PAGE),
    ],
    ['a name', 'users_name', (db: D1Database) => createSupportCustomers(db).byName('김민', PAGE)],
    [
      'orders',
      'order_index_user',
      (db: D1Database) => createSupportCustomers(db).orders('minsu', PAGE),
    ],
    ['notes', 'support_notes_user', (db: D1Database) => createSupportNotes(db).page('minsu', PAGE)],
    [
      'a view',
      'support_activity_',
      (db: D1Database) => createSupportActivity(db).noteView(anActivity(), NOW),
    ],
    [
      'an unmasking',
      'support_activity_ac',
      (db: D1Database) =>
        createSupportActivity(db).noteUnmask(anActivity({ action: 'unmasked' }), NOW - 1, 20),
    ],
    [
      'who looked',
      'support_activity_customer',
      (db: D1Database) =>
        createSupportActivity(db).page(
          { actorId: null, customerId: 'minsu', orderId: null, action: null, from: null, to: null },
          PAGE,
        ),
    ],
    [
      'who looked at an order',
      'support_activity_order',
      (db: D1Database) =>
        createSupportActivity(db).page(
          { actorId: null, customerId: null, orderId: 'o', action: null, from: null, to: null },
          PAGE,
        ),
    ],
    [
      'the sweep',
      'support_activity_at',
      (db: D1Database) => createSupportActivity(db).sweep(0, 10),
    ],
    [
      'an open request',
      'refund_requests_open',
      (db: D1Database) => createRefundRequests(db).openOf('o'),
    ],
    [
      'earlier requests',
      'refund_requests_user',
      (db: D1Database) => createRefundRequests(db).earlier({ orderId: 'o', userId: 'u', since: 0 }),
    ],
    [
      'what waits',
      'refund_requests_state',
      (db: D1Database) =>
        createRefundRequests(db).page({ state: 'REQUESTED', orderId: null, userId: null }, PAGE),
    ],
    [
      'what the cron sees to',
      'refund_requests_look_at',
      (db: D1Database) => createRefundRequests(db).waiting(NOW, 50),
    ],
  ] as const)('%s is answered from an index', async (_, index, work) => {
    const plans = await plansOf(work)
    expect(plans.join('\n')).toContain(index)
    expect(plans.filter((plan) => /^SCAN (?!CONSTANT)|TEMP B-TREE/.test(plan))).toEqual([])
  })
})

describe('finding people by the beginning of a text', () => {
  it('finds exactly those whose text begins so, whatever the text', async () => {
    const customers = createSupportCustomers(env.DB)
    const letters = fc.string({
      unit: fc.constantFrom('a', 'A', 'z', '%', '_', '김', '\u{10FFFF}'),
      minLength: 1,
      maxLength: 4,
    })
    const word = crypto.randomUUID()
    const names: string[] = []
    await fc.assert(
      fc.asyncProperty(letters, letters, async (name, prefix) => {
        names.push(name)
        await account(`${crypto.randomUUID()}@example.com`, word + name)
        const wanted = prefix.toLowerCase()
        const found = await customers.byName(word + prefix, { ...PAGE, limit: 100 })
        const expected = names.filter((one) => one.toLowerCase().startsWith(wanted))
        // What is higher than every character cannot begin a name that is looked for.
        if (
          !prefix.endsWith('\u{10FFFF}') &&
          !expected.some((one) => one.slice(prefix.length).startsWith('\u{10FFFF}'))
        )
          expect(found.map((one) => one.name.slice(word.length)).toSorted()).toEqual(
            expected.toSorted(),
          )
      }),
      { numRuns: 60 },
    )
  })
})

describe('writing down a request for a refund', () => {
  it('leaves a line of each kind with it, however often it is written', async () => {
    const request = aRequest()
    const { audit, activity } = traces()
    const [key, of] = [newKey(), { audit: { ...audit, subjectId: request.id }, activity }]
    expect(await requests.insert(request, key, NONE, of)).toBe(true)
    expect(await requests.insert(request, key, NONE, of)).toBe(true)
    expect(await requests.byId(request.id)).toEqual(request)
    expect(await linesOf('audit_entries', `id = '${audit.id}'`)).toBe(1)
    expect(await linesOf('support_activity', `id = '${activity.id}'`)).toBe(1)
  })

  it('writes nothing where another is open, the key is used, or the policy was asked before another came', async () => {
    const userId = crypto.randomUUID()
    const first = aRequest({ userId })
    const key = newKey()
    expect(await requests.insert(first, key, NONE, traces())).toBe(true)
    const refused = [
      [
        aRequest({ orderId: first.orderId, userId }),
        newKey(),
        { ...NONE, ofOrder: 1, ofCustomer: 1 },
      ],
      [aRequest(), key, NONE],
      [aRequest({ userId }), newKey(), NONE],
    ] as const
    for (const [request, its, seen] of refused) {
      const left = traces()
      expect(await requests.insert(request, its, seen, left)).toBe(false)
      expect(await linesOf('audit_entries', `id = '${left.audit.id}'`)).toBe(0)
      expect(await linesOf('support_activity', `id = '${left.activity.id}'`)).toBe(0)
    }
    const next = aRequest({ userId })
    expect(await requests.insert(next, newKey(), { ...NONE, ofCustomer: 1 }, traces())).toBe(true)
  })

  it('does not count what the policy refused or has failed; of a customer, what is long past', async () => {
    const [orderId, userId] = [crypto.randomUUID(), crypto.randomUUID()]
    const enter = (more: Partial<RefundRequest>) =>
      env.DB.prepare(
        `INSERT INTO refund_requests (id, order_id, restaurant_id, user_id, state, sum, currency, reason,
          policy, requested_by, requested_at, change_id, idempotency_key, fingerprint)
          VALUES (?, ?, 'r', ?, ?, 1, 'KRW', '', 'ABOVE_LIMIT', 'm', 1, 'c', ?, 'f')`,
      )
        .bind(more.id ?? id(), orderId, userId, more.state, crypto.randomUUID())
        .run()
    for (const state of ['REFUSED', 'FAILED', 'DONE', 'DONE'] as const) await enter({ state })
    await enter({ state: 'DONE', id: id(NOW - 31 * DAY) })
    const earlier = await requests.earlier({ orderId, userId, since: NOW - 30 * DAY })
    expect(earlier).toEqual({ ofOrder: 3, ofCustomer: 2 })
    const guests = await requests.earlier({ orderId, userId: null, since: NOW - 30 * DAY })
    expect(guests).toEqual({ ofOrder: 3, ofCustomer: 0 })
  })
})

describe('deciding and carrying out a request', () => {
  const entered = async (more: Partial<RefundRequest> = {}) => {
    const request = aRequest(more)
    await requests.insert(request, newKey(), NONE, traces())
    return request
  }
  const verdict = (by: string, state: 'APPROVED' | 'REFUSED' = 'APPROVED') =>
    ({ state, by, at: NOW + 1, note: null, lookAt: state === 'APPROVED' ? NOW + 2 : null }) as const

  it('one person decides; who comes second finds it decided and leaves no line', async () => {
    const { id: request } = await entered()
    const [first, second] = [traces(), traces()]
    expect(await requests.decide(request, verdict('jun'), first)).toMatchObject({
      decidedBy: 'jun',
    })
    expect(await requests.decide(request, verdict('kim', 'REFUSED'), second)).toMatchObject({
      state: 'APPROVED',
      decidedBy: 'jun',
    })
    expect(await linesOf('audit_entries', `id = '${first.audit.id}'`)).toBe(1)
    expect(await linesOf('audit_entries', `id = '${second.audit.id}'`)).toBe(0)
    expect(await linesOf('support_activity', `id = '${second.activity.id}'`)).toBe(0)
  })

  it('never by who asked, or whose order it is, whoever calls', async () => {
    const { id: request } = await entered({ userId: 'minsu' })
    for (const by of ['mina', 'minsu'])
      expect(await requests.decide(request, verdict(by), traces())).toMatchObject({
        state: 'REQUESTED',
      })
  })

  it('is carried out once', async () => {
    const { id: request } = await entered()
    await requests.decide(request, verdict('jun'), traces())
    expect((await requests.waiting(NOW + 2, 50)).map((one) => one.id)).toContain(request)
    const [done, failed] = [anAudit(), anAudit()]
    const settled = await requests.settle(request, { state: 'DONE', refundIds: ['a', 'b'] }, done)
    expect(settled).toMatchObject({ state: 'DONE', refundIds: ['a', 'b'], lookAt: null })
    const again = await requests.settle(request, { state: 'FAILED', failure: 'x' }, failed)
    expect(again).toEqual(settled)
    expect(await linesOf('audit_entries', `id IN ('${done.id}', '${failed.id}')`)).toBe(1)
    await requests.postpone(request, NOW)
    expect((await requests.waiting(NOW + 9, 50)).map((one) => one.id)).not.toContain(request)
  })
})

describe('forgetting a person', () => {
  it('takes everything that was written of them, and leaves that somebody looked', async () => {
    const minsu = await account(`${crypto.randomUUID()}@example.com`, '김민수')
    const other = await account(`${crypto.randomUUID()}@example.com`, '박')
    const notes = createSupportNotes(env.DB)
    const log = createSupportActivity(env.DB)
    for (const userId of [minsu, other]) {
      const note = { id: id(), userId, authorId: 'mina', text: '010-1234-5678', createdAt: NOW }
      await notes.insert(note, newKey(), anActivity({ customerId: userId, action: 'noted' }))
      await log.note(anActivity({ customerId: userId, action: 'unmasked', reason: '김민수' }))
      await requests.insert(aRequest({ userId, reason: '김민수' }), newKey(), NONE, traces())
    }
    const db = drizzle(env.DB)
    await db.batch(forgetSupportStatements(db, minsu))
    expect(await notes.page(minsu, PAGE)).toEqual([])
    expect(await notes.page(other, PAGE)).toHaveLength(1)
    const filter = { actorId: null, orderId: null, action: null, from: null, to: null }
    const looked = await log.page({ ...filter, customerId: minsu }, PAGE)
    expect(looked.map(({ reason }) => reason)).toEqual([null, null])
    const [request] = await requests.page({ state: null, orderId: null, userId: minsu }, PAGE)
    expect(request).toMatchObject({ reason: '', decisionNote: null, sum: 5_000 })
    const [kept] = await requests.page({ state: null, orderId: null, userId: other }, PAGE)
    expect(kept?.reason).toBe('김민수')
  })
})
