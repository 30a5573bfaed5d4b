import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createRefundRequests } from '../../../src/db/repositories/refund-requests.ts'
import type { CommandEnvelope } from '../../../src/domain/commands.ts'
import { mintTimedId, PLATFORM_KEY } from '../../../src/domain/ids.ts'
import type { Refusal } from '../../../src/domain/refusal.ts'
import type { RefundRequest } from '../../../src/domain/support/refund-request.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import type { LogLine } from '../../../src/runtime.ts'
import { auditOf } from '../../../src/usecases/admin/audit.ts'
import { activityOf } from '../../../src/usecases/support/activity-of.ts'
import { settleRefundRequest } from '../../../src/usecases/support/settle-refund-request.ts'
import { settleRefundRequests } from '../../../src/usecases/support/settle-refund-requests.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import { newRestaurantId, random } from '../../support/identity.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const requests = createRefundRequests(env.DB)

type Answer = () => unknown
const DONE: Answer = () => ({ ok: true, value: { id: 'a', further: [{ id: 'b' }] } })
const refusing =
  (refusal: Refusal): Answer =>
  () => ({ ok: false, refusal })
const away: Answer = () => {
  throw new StorageUnavailableError(new Error('away'))
}

/** Restaurants that answer as the test says, one answer after the other. */
function settling(...answers: Answer[]) {
  const world = {
    now: NOW,
    told: [] as CommandEnvelope<'request-refund'>[],
    logged: [] as LogLine[],
  }
  const deps = {
    refundRequests: requests,
    restaurants: () => ({
      execute: (envelope: CommandEnvelope<'request-refund'>) => {
        world.told.push(envelope)
        return Promise.resolve().then(answers[world.told.length - 1] ?? DONE)
      },
    }),
    now: () => world.now,
    random,
    log: (line: LogLine) => world.logged.push(line),
  } as unknown as Deps
  return { world, deps }
}

/** Approved by the policy, and left at that. */
async function approved(more: Partial<RefundRequest> = {}): Promise<RefundRequest> {
  const restaurantId = newRestaurantId()
  const request: RefundRequest = {
    id: mintTimedId(PLATFORM_KEY, NOW, random),
    orderId: mintTimedId(restaurantId.slice(-12), NOW, random),
    restaurantId,
    userId: null,
    state: 'APPROVED',
    amount: null,
    lines: null,
    sum: 5_000,
    currency: 'KRW',
    reason: '늦음',
    policy: 'WITHIN_LIMIT',
    requestedBy: 'mina',
    requestedAt: NOW,
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    refundIds: null,
    failure: null,
    lookAt: NOW + MINUTE,
    ...more,
  }
  const by = { userId: 'mina', role: 'SUPPORT', traceId: null } as const
  const parts = { now: () => NOW, random }
  const what = { action: 'x', subject: 'refund-request', subjectId: request.id } as const
  await requests.insert(
    request,
    { idempotencyKey: crypto.randomUUID(), fingerprint: 'f' },
    { ofOrder: 0, ofCustomer: 0, since: NOW - DAY },
    { audit: auditOf(parts, by, what), activity: activityOf(parts, by, 'refund-requested', {}) },
  )
  return request
}

describe('carrying out an approved refund', () => {
  it('tells the restaurant the sum that was decided, under the name of the request', async () => {
    const { world, deps } = settling(DONE)
    const request = await approved()
    expect(await settleRefundRequest(deps, request)).toMatchObject({
      state: 'DONE',
      refundIds: ['a', 'b'],
      lookAt: null,
    })
    expect(world.told).toMatchObject([
      {
        command: { amount: 5_000, lines: null, expectedAmount: 5_000, orderId: request.orderId },
        asker: { role: 'SUPPORT', userId: 'mina' },
        idempotency: { key: request.id },
      },
    ])
  })

  it('names portions, and what they are to come to', async () => {
    const { world, deps } = settling(DONE)
    const lines = [{ lineId: 'l', quantity: 1 }]
    await settleRefundRequest(deps, await approved({ lines }))
    expect(world.told[0]?.command).toMatchObject({ amount: null, lines, expectedAmount: 5_000 })
  })

  it.each([
    [{ kind: 'REFUND_TOO_LARGE', refundable: 1 }],
    [{ kind: 'ORDER_STATE', status: 'PENDING', paymentStatus: 'PENDING', event: 'refund' }],
    [{ kind: 'AMOUNT_MISMATCH', expected: 1, given: 5_000 }],
    [{ kind: 'NOT_FOUND', what: 'order' }],
  ] as const)('ends where the restaurant will not: $kind', async (refusal) => {
    const { deps } = settling(refusing(refusal))
    const settled = await settleRefundRequest(deps, await approved())
    expect(settled).toMatchObject({ state: 'FAILED', failure: refusal.kind, lookAt: null })
  })

  it.each([
    [{ kind: 'CAPTURING', retryAfterSeconds: 3 }],
    [{ kind: 'RATE_LIMITED', retryAfterSeconds: 3 }],
    [{ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 3 }],
  ] as const)('waits for what passes: $kind', async (refusal) => {
    const { world, deps } = settling(refusing(refusal), DONE)
    const request = await approved()
    expect(await settleRefundRequest(deps, request)).toMatchObject({ state: 'APPROVED' })
    world.now += 2 * MINUTE
    await settleRefundRequests(deps)
    expect(world.told).toHaveLength(1)
    world.now += 3 * MINUTE
    await settleRefundRequests(deps)
    expect(await requests.byId(request.id)).toMatchObject({ state: 'DONE' })
  })

  it('is left to the cron where the restaurant is away', async () => {
    const { world, deps } = settling(away, DONE)
    const request = await approved()
    expect(await settleRefundRequest(deps, request)).toMatchObject({ state: 'APPROVED' })
    expect(world.logged).toMatchObject([{ kind: 'refund-request-waits', requestId: request.id }])
    expect(await settleRefundRequests(deps)).toEqual({ requests: 0, failed: 0 })
    world.now += MINUTE
    expect(await settleRefundRequests(deps)).toEqual({ requests: 1, failed: 0 })
    expect(await requests.byId(request.id)).toMatchObject({ state: 'DONE' })
    // Nothing is open any more.
    expect(await settleRefundRequests(deps)).toEqual({ requests: 0, failed: 0 })
  })

  it('is not tried when nobody can say any more whether it was made', async () => {
    const { world, deps } = settling()
    const request = await approved()
    world.now += 61 * DAY
    await settleRefundRequests(deps)
    expect(await requests.byId(request.id)).toMatchObject({
      state: 'FAILED',
      failure: 'OUTCOME_UNKNOWN',
    })
    expect(world.told).toEqual([])
  })

  it('of one that breaks holds up no other', async () => {
    const broken: Answer = () => {
      throw new Error('a bug')
    }
    const { world, deps } = settling(broken, DONE)
    const [first, second] = [await approved(), await approved({ lookAt: NOW + 2 * MINUTE })]
    world.now += 3 * MINUTE
    expect(await settleRefundRequests(deps)).toEqual({ requests: 2, failed: 1 })
    expect(world.logged).toMatchObject([
      {
        level: 'error',
        kind: 'refund-request-not-settled',
        requestId: first.id,
        error: 'Error: a bug',
      },
    ])
    expect(await requests.byId(second.id)).toMatchObject({ state: 'DONE' })
    world.now += 5 * MINUTE
    await settleRefundRequests(deps)
    expect(await requests.byId(first.id)).toMatchObject({ state: 'DONE' })
  })

  it.each([
    ['breaks', 'a bug'],
    ['finds its restaurant away', null],
  ])('waits as long again as it has waited where it %s, six hours at most', async (_, bug) => {
    const fails: Answer = () => {
      throw bug === null ? new StorageUnavailableError(new Error('away')) : new Error(bug)
    }
    const { world, deps } = settling(...Array.from({ length: 99 }, () => fails))
    const { id } = await approved()
    for (const minute of [1, 6, 12, 24, 48, 96, 192, 384, 744, 1_104]) {
      world.now = NOW + minute * MINUTE - 1
      expect((await settleRefundRequests(deps)).requests).toBe(0)
      world.now += 1
      expect((await settleRefundRequests(deps)).requests).toBe(1)
    }
    // Leaves nothing open behind.
    await env.DB.prepare('UPDATE refund_requests SET look_at = NULL WHERE id = ?').bind(id).run()
  })

  it('of fifty that break keeps none from the others for longer than one run', async () => {
    const broken: Answer = () => {
      throw new Error('a bug')
    }
    const { world, deps } = settling(...Array.from({ length: 50 }, () => broken))
    for (let n = 0; n < 50; n += 1) await approved()
    const sound = await approved({ lookAt: NOW + 2 * MINUTE })
    world.now += 2 * MINUTE
    expect(await settleRefundRequests(deps)).toEqual({ requests: 50, failed: 50 })
    world.now += MINUTE
    expect(await settleRefundRequests(deps)).toEqual({ requests: 1, failed: 0 })
    expect(await requests.byId(sound.id)).toMatchObject({ state: 'DONE' })
    await env.DB.prepare('UPDATE refund_requests SET look_at = NULL').run()
  })

  it('is nobody’s business where it is undecided or decided otherwise', async () => {
    const { world, deps } = settling()
    for (const state of ['REQUESTED', 'REFUSED', 'DONE', 'FAILED'] as const) {
      const request = await approved({ state, lookAt: null })
      expect(await settleRefundRequest(deps, request)).toBe(request)
    }
    expect(world.told).toEqual([])
  })
})
