import { describe, expect, it } from 'vitest'
import { callLimitsOf, LIMIT_SETTINGS } from '../../../src/domain/limits/call-limits.ts'

describe('limits of calls', () => {
  it('let an address without a log-in call sixty times a minute, a visit and an account more', () => {
    const { anonymous, visit, account } = callLimitsOf({ ENVIRONMENT: 'production' })
    expect(anonymous).toBe(60)
    expect(visit).toBeGreaterThan(anonymous)
    expect(account).toBeGreaterThan(anonymous)
  })

  it('are stricter for log-ins, guest tokens and coupons', () => {
    const { anonymous, login, guestToken, couponClaim } = callLimitsOf({})
    expect(couponClaim).toBeLessThan(anonymous)
    expect(login).toBeLessThan(anonymous)
    expect(guestToken).toBeLessThan(anonymous)
  })

  it('are a hundred times wider in development, and there', () => {
    const production = callLimitsOf({ ENVIRONMENT: 'production' })
    const development = callLimitsOf({ ENVIRONMENT: 'development' })
    for (const [of, limit] of Object.entries(production))
      expect(development[of as keyof typeof development]).toBe(limit * 100)
  })

  it('are what is set, in any environment', () => {
    for (const ENVIRONMENT of ['development', 'staging', 'production'])
      for (const [of, name] of Object.entries(LIMIT_SETTINGS))
        expect(callLimitsOf({ ENVIRONMENT, [name]: '7' })[of as keyof typeof LIMIT_SETTINGS]).toBe(
          7,
        )
  })
})
