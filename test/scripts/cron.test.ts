import { describe, expect, it } from 'vitest'
import { cronsOf, parseCron } from '../../scripts/lib/cron.ts'

const fallsAt = (expression: string, iso: string) => parseCron(expression)(Date.parse(iso))

describe('falling on the minute of a cron expression', () => {
  it.each([
    ['*/5 * * * *', '2026-11-20T03:45:30Z', true],
    ['*/5 * * * *', '2026-11-20T03:46:00Z', false],
    ['17 18 * * *', '2026-11-20T18:17:59Z', true],
    ['17 18 * * *', '2026-11-20T18:18:00Z', false],
    ['17 18 * * *', '2026-11-20T17:17:00Z', false],
    ['0 9-17/4 * * *', '2026-11-20T13:00:00Z', true],
    ['0 9-17/4 * * *', '2026-11-20T14:00:00Z', false],
    ['0,30 0 1 1,7 *', '2027-07-01T00:30:00Z', true],
    ['0,30 0 1 1,7 *', '2027-08-01T00:30:00Z', false],
  ])('%s at %s: %s', (expression, iso, falls) => {
    expect(fallsAt(expression, iso)).toBe(falls)
  })

  it('counts weekdays from Sunday = 1, as Cron Triggers do', () => {
    expect(fallsAt('0 0 * * 1', '2026-11-22T00:00:00Z')).toBe(true)
    expect(fallsAt('0 0 * * 1', '2026-11-23T00:00:00Z')).toBe(false)
  })

  it('falls on either day when both the day and the weekday are restricted', () => {
    expect(fallsAt('0 0 5 * 1', '2026-11-05T00:00:00Z')).toBe(true)
    expect(fallsAt('0 0 5 * 1', '2026-11-22T00:00:00Z')).toBe(true)
    expect(fallsAt('0 0 5 * 1', '2026-11-23T00:00:00Z')).toBe(false)
  })

  it.each(['* * * *', '60 * * * *', '*/0 * * * *', 'x * * * *', '* * * * 8', '5-1 * * * *'])(
    'refuses %s',
    (expression) => {
      expect(() => parseCron(expression)).toThrow()
    },
  )
})

describe('reading the crons of a wrangler.toml', () => {
  it('finds every expression of the list', () => {
    const toml = 'name = "x"\n[triggers]\ncrons = ["*/5 * * * *",\n  \'17 18 * * *\']\n'
    expect(cronsOf(toml)).toEqual(['*/5 * * * *', '17 18 * * *'])
  })

  it('finds none where there is no list', () => {
    expect(cronsOf('name = "x"\n')).toEqual([])
  })
})
