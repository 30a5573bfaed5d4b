import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settledBy, TRIES } from '../../../src/domain/alerts/sending.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const HOUR = 3_600_000
const lowest = (length: number) => new Uint8Array(length)
const failed = (retryAfterSeconds: number | null = null) =>
  ({ kind: 'failed', reason: 'STATUS_503', retryAfterSeconds }) as const

const after = (attempts: number, createdAt = NOW) => ({ attempts, createdAt })

describe('a message', () => {
  it('is over when it arrived', () => {
    expect(settledBy({ kind: 'sent' }, after(3), NOW, lowest)).toEqual({
      ...{ attempts: 4, nextAt: null, sentAt: NOW, lastError: null },
    })
  })

  it('is given up at once where nobody will ever take it, and says why', () => {
    const gone = { kind: 'refused', reason: 'STATUS_404' } as const
    expect(settledBy(gone, after(0), NOW, lowest)).toEqual({
      ...{ attempts: 1, nextAt: null, sentAt: null, lastError: 'STATUS_404' },
    })
  })

  it('is tried ten times over a day, ever less often, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { minLength: TRIES, maxLength: TRIES }), (drawn) => {
        let at = NOW
        let attempts = 0
        let waited = 0
        for (;;) {
          const random = () => new Uint8Array([drawn[attempts] ?? 0])
          const settled = settledBy(failed(), after(attempts), at, random)
          attempts = settled.attempts
          if (settled.nextAt === null) break
          const wait = settled.nextAt - at
          expect(wait).toBeGreaterThan(waited)
          waited = wait
          at = settled.nextAt
        }
        expect(attempts).toBe(10)
        expect(at - NOW).toBeGreaterThanOrEqual(24 * HOUR)
        expect(at - NOW).toBeLessThan(26 * HOUR)
      }),
    )
  })

  it('that is a day old is tried once, and no more', () => {
    const old = after(0, NOW - 24 * HOUR)
    expect(settledBy(failed(), old, NOW, lowest)).toMatchObject({ attempts: 1, nextAt: null })
    expect(settledBy({ kind: 'sent' }, old, NOW, lowest).sentAt).toBe(NOW)
    expect(settledBy(failed(), after(0, NOW - 24 * HOUR + 1), NOW, lowest).nextAt).not.toBeNull()
  })

  it.each([
    ['waits as long as it is asked to', 600, 600_000],
    ['waits no less than it would anyway', 2, 60_000],
    ['waits by itself where nobody asks', null, 60_000],
  ])('%s', (_, retryAfter, ms) => {
    expect(settledBy(failed(retryAfter), after(0), NOW, lowest).nextAt).toBe(NOW + ms)
  })
})
