import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decide,
  isSilent,
  REMIND_AFTER_MS,
  type Standing,
} from '../../../src/domain/alerts/decide.ts'
import type { AlertRule } from '../../../src/domain/alerts/rule.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const MINUTE = 60_000
const RULE: AlertRule = { enabled: true, firesAt: 10, clearsAt: 5, holdSeconds: 120 }

const ok = (more: Partial<Standing> = {}): Standing => ({
  ...{ state: 'OK', since: NOW - 600 * MINUTE, turningSince: null, value: 0 },
  ...{ toldAt: null, evaluatedAt: NOW - MINUTE },
  ...more,
})
const firing = (more: Partial<Standing> = {}): Standing =>
  ok({ state: 'FIRING', value: 10, toldAt: NOW - MINUTE, ...more })

/** What was told, minute by minute. */
function toldOf(values: readonly (number | null)[], rule = RULE, stepMs = MINUTE) {
  let standing: Standing | null = null
  return values.map((value, minute) => {
    const decided = decide(standing, value, rule, NOW + minute * stepMs)
    standing = decided.standing
    return decided.news
  })
}

describe('what is measured, over some minutes', () => {
  it.each([
    ['below both', [0, 4, 5, 0], [null, null, null, null]],
    ['above for as long as it has to hold', [10, 10, 10, 10], [null, null, 'FIRING', null]],
    ['above, but not for so long', [10, 10, 9, 10, 10], [null, null, null, null, null]],
    ['above, ever higher', [10, 50, 100], [null, null, 'FIRING']],
    [
      'down to between the thresholds: it still fires',
      [10, 10, 10, 9, 6, 6, 6],
      [null, null, 'FIRING', null, null, null, null],
    ],
    [
      'down for as long as it has to hold',
      [10, 10, 10, 5, 5, 5, 0],
      [null, null, 'FIRING', null, null, 'OK', null],
    ],
    [
      'down and up again before it held: one alert, not two',
      [10, 10, 10, 0, 0, 10, 0, 0, 0],
      [null, null, 'FIRING', null, null, null, null, null, 'OK'],
    ],
    ['not known at all', [null, null, null], [null, null, null]],
    [
      'not known for a while: it goes on firing',
      [10, 10, 10, null, null, 10],
      [null, null, 'FIRING', null, null, null],
    ],
    [
      'not known for a moment, while it turned: what it said before counts',
      [10, null, 10],
      [null, null, 'FIRING'],
    ],
    [
      'not known for long, while it turned: nobody saw it hold',
      [10, null, null, null, 10, 10, 10],
      [null, null, null, null, null, null, 'FIRING'],
    ],
  ])('%s', (_, values, told) => {
    expect(toldOf(values)).toEqual(told)
  })

  it('fires and ends at once where nothing has to hold', () => {
    const rule = { ...RULE, holdSeconds: 0 }
    expect(toldOf([10, 9, 5, 10], rule)).toEqual(['FIRING', null, 'OK', 'FIRING'])
  })
})

describe('people who were told', () => {
  const after = (ms: number) => firing({ toldAt: NOW - ms })

  it('are told again after four hours, and not a moment sooner', () => {
    expect(decide(after(REMIND_AFTER_MS - 1), 10, RULE, NOW).news).toBeNull()
    const reminded = decide(after(REMIND_AFTER_MS), 10, RULE, NOW)
    expect(reminded).toMatchObject({ news: 'REMINDER', standing: { state: 'FIRING', toldAt: NOW } })
    expect(decide(reminded.standing, 10, RULE, NOW + MINUTE).news).toBeNull()
  })

  it('are reminded of what is between the thresholds', () => {
    expect(decide(after(REMIND_AFTER_MS), 6, RULE, NOW).news).toBe('REMINDER')
  })

  it('are not reminded of what has begun to end, also where nothing was measured for hours', () => {
    for (const value of [0, 5]) {
      const seen = decide(after(REMIND_AFTER_MS), value, RULE, NOW)
      expect(seen).toMatchObject({ news: null, standing: { state: 'FIRING', turningSince: NOW } })
      expect(decide(seen.standing, value, RULE, NOW + MINUTE).news).toBeNull()
      expect(decide(seen.standing, value, RULE, NOW + 2 * MINUTE).news).toBe('OK')
      expect(decide(seen.standing, 10, RULE, NOW + MINUTE).news).toBe('REMINDER')
    }
    const unseen = { ...after(6 * REMIND_AFTER_MS), evaluatedAt: NOW - 5 * REMIND_AFTER_MS }
    expect(decide(unseen, 0, RULE, NOW).news).toBeNull()
  })

  it('are not reminded of what nobody can measure', () => {
    expect(decide(after(REMIND_AFTER_MS), null, RULE, NOW).news).toBeNull()
  })

  it('hear that it is over, not that it still fires, where both are due', () => {
    const ending = firing({ toldAt: NOW - REMIND_AFTER_MS, turningSince: NOW - 2 * MINUTE })
    expect(decide(ending, 0, RULE, NOW).news).toBe('OK')
  })
})

describe('a rule that is switched off', () => {
  const off = { ...RULE, enabled: false }

  it('ends what fires, once, and says why', () => {
    const ended = decide(firing(), 100, off, NOW)
    expect(ended).toMatchObject({ news: 'OFF', standing: { state: 'OK', since: NOW } })
    expect(decide(ended.standing, 100, off, NOW + MINUTE).news).toBeNull()
  })

  it('fires nothing, whatever is measured, and forgets what had begun', () => {
    const turned = decide(ok({ turningSince: NOW - 60 * MINUTE }), 100, off, NOW)
    expect(turned.news).toBeNull()
    expect(isSilent(turned.standing)).toBe(true)
  })

  it('begins anew when it is on again', () => {
    const { standing } = decide(firing(), 100, off, NOW)
    expect(decide(standing, 100, RULE, NOW + MINUTE).news).toBeNull()
    expect(decide(standing, 100, { ...RULE, holdSeconds: 0 }, NOW + MINUTE).news).toBe('FIRING')
  })
})

describe('whatever is measured, at whatever times, by whatever rules', () => {
  const rules = fc
    .record({
      enabled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.boolean()),
      clearsAt: fc.nat(20),
      above: fc.integer({ min: 1, max: 10 }),
      holdSeconds: fc.nat(600),
    })
    .map(({ above, ...rule }): AlertRule => ({ ...rule, firesAt: rule.clearsAt + above }))
  const steps = fc.array(
    fc.record({
      value: fc.option(fc.nat(40)),
      ms: fc.oneof(fc.nat(10 * MINUTE), fc.constant(MINUTE), fc.nat(6 * 60 * MINUTE)),
      rule: fc.option(rules),
    }),
    { maxLength: 60 },
  )

  it('news and changes of state are one, and no two alerts fire without an end between', () => {
    fc.assert(
      fc.property(rules, steps, (first, all) => {
        let rule = first
        let now = NOW
        let standing: Standing | null = null
        let fires = false
        let toldAt = NOW
        for (const step of all) {
          now += step.ms
          rule = step.rule ?? rule
          const before: Standing | null = standing
          const decided = decide(before, step.value, rule, now)
          const after = decided.standing
          const changed = (before?.state ?? 'OK') !== after.state
          expect(decided.news === null || decided.news === 'REMINDER').toBe(!changed)
          if (decided.news === 'FIRING') {
            expect(fires).toBe(false)
            expect(step.value).toBeGreaterThanOrEqual(rule.firesAt)
          }
          if (decided.news === 'OK') expect(step.value).toBeLessThanOrEqual(rule.clearsAt)
          if (decided.news === 'OK' || decided.news === 'OFF') expect(fires).toBe(true)
          if (decided.news === 'REMINDER') {
            expect(fires).toBe(true)
            expect(step.value).toBeGreaterThan(rule.clearsAt)
            expect(now - toldAt).toBeGreaterThanOrEqual(REMIND_AFTER_MS)
          }
          if (step.value === null && rule.enabled) expect(decided.news).toBeNull()
          if (decided.news !== null) toldAt = now
          fires = after.state === 'FIRING'
          standing = after
        }
      }),
    )
  })
})
