import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LEAST_SPAN_MS,
  nextTryAt,
  TRIES,
  WAITS_SECONDS,
} from '../../../src/domain/outgoing/backoff.ts'
import type { DestinationKind } from '../../../src/domain/outgoing/delivery.ts'
import { verdictOf, type Tried } from '../../../src/domain/outgoing/verdict.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const HOUR = 3600_000
const lowest = (length: number) => new Uint8Array(length)
const highest = (length: number) => new Uint8Array(length).fill(255)

const answered = (status: number, retryAfterMs: number | null = null): Tried => ({
  kind: 'answered',
  ...{ status, retryAfterMs },
})

const judged = (
  tried: Tried,
  changes: { destinationKind?: DestinationKind; attempts?: number; createdAt?: number } = {},
) =>
  verdictOf(
    { destinationKind: 'PUSH', attempts: 1, createdAt: NOW, ...changes },
    tried,
    NOW,
    lowest,
  )

describe('the schedule of tries', () => {
  it('has at least twelve tries over at least 26 hours, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { minLength: TRIES, maxLength: TRIES }), (drawn) => {
        let now = NOW
        let tries = 1
        let state = 'PENDING'
        for (; state === 'PENDING'; tries += 1) {
          const byte = drawn[tries - 1] ?? 0
          const verdict = verdictOf(
            { destinationKind: 'PUSH', attempts: tries, createdAt: NOW },
            { kind: 'unanswered', reason: 'TIMEOUT' },
            now,
            (length) => new Uint8Array(length).fill(byte),
          )
          state = verdict.state
          if (state === 'PENDING') now = verdict.nextAt
        }
        expect(tries - 1).toBeGreaterThanOrEqual(12)
        expect(now - NOW).toBeGreaterThanOrEqual(26 * HOUR)
      }),
    )
  })

  it('waits longer after each try, and somewhat longer by what is drawn', () => {
    expect([...WAITS_SECONDS]).toEqual([...WAITS_SECONDS].toSorted((a, b) => a - b))
    expect(nextTryAt(1, NOW, lowest) - NOW).toBe(5_000)
    expect(nextTryAt(1, NOW, highest) - NOW).toBe(5_750)
    expect(nextTryAt(40, NOW, lowest) - NOW).toBe(8 * HOUR)
  })

  it('does not give up before 26 hours are over, however many tries senders lost', () => {
    const tried: Tried = { kind: 'unanswered', reason: 'TIMEOUT' }
    const createdAt = NOW - LEAST_SPAN_MS
    expect(judged(tried, { attempts: 40, createdAt: createdAt + 1 }).state).toBe('PENDING')
    expect(judged(tried, { attempts: TRIES, createdAt }).state).toBe('DEAD')
    expect(judged(tried, { attempts: TRIES - 1, createdAt: 0 }).state).toBe('PENDING')
  })
})

describe('what an answer means', () => {
  it.each([200, 201, 202, 204])('%d: done', (status) => {
    expect(judged(answered(status))).toMatchObject({ state: 'DONE', lastStatus: status })
  })

  const kinds = ['PUSH', 'DATA_PLATFORM', 'DISCORD', 'SLACK'] as const
  it.each(
    [301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 413, 422].flatMap((status) =>
      kinds.map((kind) => [status, kind] as const),
    ),
  )('%d of %s: the last word', (status, destinationKind) => {
    expect(judged(answered(status), { destinationKind })).toMatchObject({
      state: 'DEAD',
      lastError: `STATUS_${status}`,
      gone: status === 410,
    })
  })

  it.each(
    [408, 425, 500, 502, 503, 504].flatMap((status) =>
      [...kinds, 'EMAIL' as const].map((kind) => [status, kind] as const),
    ),
  )('%d of %s: again later', (status, destinationKind) => {
    expect(judged(answered(status), { destinationKind })).toMatchObject({
      ...{ state: 'PENDING', attempts: 1, pausedUntil: 0 },
      nextAt: NOW + 5_000,
    })
  })

  it('409: again later at an endpoint, for good at a channel', () => {
    expect(judged(answered(409)).state).toBe('PENDING')
    expect(judged(answered(409), { destinationKind: 'DISCORD' }).state).toBe('DEAD')
  })

  it('429: no try, and the whole destination rests until it says, a minute where it does not', () => {
    expect(judged(answered(429, 1_500), { attempts: 3 })).toMatchObject({
      ...{ state: 'PENDING', attempts: 2, nextAt: NOW + 1_500, pausedUntil: NOW + 1_500 },
    })
    expect(judged(answered(429)).pausedUntil).toBe(NOW + 60_000)
  })

  it('429 for more than seven days counts, so that it has an end', () => {
    const createdAt = NOW - 7 * 24 * HOUR
    expect(judged(answered(429), { attempts: 2, createdAt })).toMatchObject({ attempts: 2 })
    expect(judged(answered(429), { attempts: TRIES, createdAt }).state).toBe('DEAD')
  })

  it('a time that was named counts where it is later than the schedule, up to a day', () => {
    expect(judged(answered(503, 2_000)).nextAt).toBe(NOW + 5_000)
    expect(judged(answered(503, HOUR)).nextAt).toBe(NOW + HOUR)
    expect(judged(answered(503, 100 * HOUR)).nextAt).toBe(NOW + 24 * HOUR)
    expect(judged(answered(503, HOUR)).pausedUntil).toBe(NOW + HOUR)
  })
})

describe('what was not sent', () => {
  it('is skipped where nobody is there, dead where it can never be sent', () => {
    expect(judged({ kind: 'nobody', reason: 'NOT_CONFIGURED' })).toMatchObject({
      ...{ state: 'SKIPPED', lastError: 'NOT_CONFIGURED' },
    })
    expect(judged({ kind: 'impossible', reason: 'EVENT_SWEPT' })).toMatchObject({
      ...{ state: 'DEAD', lastError: 'EVENT_SWEPT' },
    })
  })
})
