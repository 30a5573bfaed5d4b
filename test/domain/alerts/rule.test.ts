import { describe, expect, it } from 'vitest'
import {
  ALERT_KINDS,
  LONGEST_HOLD_SECONDS,
  ruleOf,
  WATCHED,
} from '../../../src/domain/alerts/rule.ts'

describe('rules as the code has them', () => {
  it.each(ALERT_KINDS)('%s can be set as it is', (kind) => {
    const { most, rule } = WATCHED[kind]
    expect(rule.enabled).toBe(true)
    expect(rule.clearsAt).toBeGreaterThanOrEqual(0)
    expect(rule.clearsAt).toBeLessThan(rule.firesAt)
    expect(rule.firesAt).toBeLessThanOrEqual(most)
    expect(rule.holdSeconds).toBeLessThanOrEqual(LONGEST_HOLD_SECONDS)
  })

  it('count further restaurants by one, whatever a restaurant has to come to', () => {
    const rule = { enabled: true, firesAt: 20, clearsAt: 10, holdSeconds: 60 }
    expect(ruleOf('low-stock', '', rule)).toEqual({ ...rule, firesAt: 1, clearsAt: 0 })
    expect(ruleOf('low-stock', 'r', rule)).toEqual(rule)
    expect(ruleOf('http-5xx', '', rule)).toEqual(rule)
  })
})
