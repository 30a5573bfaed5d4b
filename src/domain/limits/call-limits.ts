/** Whose calls are counted together, and how many a minute they have. */
const PER_MINUTE = {
  /** An address without a log-in or a table. */
  anonymous: 60,
  /** All guests of a visit together. */
  visit: 300,
  account: 600,
  /** Beside `anonymous`, for one address: log-ins, registrations, refreshes, resets. */
  login: 20,
  /** Beside `anonymous`, for one address: scans and browsing sessions. */
  guestToken: 30,
  /** Beside the others, for one address and for one caller: claiming coupons and asking what they give. */
  couponClaim: 20,
  /** Providers' webhooks from one address, in place of `anonymous`. */
  webhook: 6_000,
} as const

export type LimitClass = keyof typeof PER_MINUTE
export type CallLimits = Readonly<Record<LimitClass, number>>

/** The setting that replaces a class's limit. */
export const LIMIT_SETTINGS = {
  anonymous: 'RATE_LIMIT_ANONYMOUS',
  visit: 'RATE_LIMIT_VISIT',
  account: 'RATE_LIMIT_ACCOUNT',
  login: 'RATE_LIMIT_LOGIN',
  guestToken: 'RATE_LIMIT_GUEST_TOKEN',
  couponClaim: 'RATE_LIMIT_COUPON_CLAIM',
  webhook: 'RATE_LIMIT_WEBHOOK',
} as const satisfies Record<LimitClass, string>

export type LimitSettings = {
  readonly [N in (typeof LIMIT_SETTINGS)[LimitClass]]?: string | number | undefined
}

const DEVELOPMENT_FACTOR = 100

/** Calls a minute of every class: as set (whole positive numbers, checked before), else by default. */
export function callLimitsOf(settings: LimitSettings & { ENVIRONMENT?: string }): CallLimits {
  const factor = settings.ENVIRONMENT === 'development' ? DEVELOPMENT_FACTOR : 1
  const limitOf = (of: LimitClass): number =>
    Number(settings[LIMIT_SETTINGS[of]] ?? PER_MINUTE[of] * factor)
  return {
    anonymous: limitOf('anonymous'),
    visit: limitOf('visit'),
    account: limitOf('account'),
    login: limitOf('login'),
    guestToken: limitOf('guestToken'),
    couponClaim: limitOf('couponClaim'),
    webhook: limitOf('webhook'),
  }
}
