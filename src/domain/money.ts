/** Integer minor units of one currency (KRW has no minor unit: 18000 is ₩18,000). */
export type AmountMinor = number

/** Below this, sums of a hundred lines stay exact in a double and fit the providers' fields. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000

export const CURRENCIES = ['KRW', 'USD', 'JPY'] as const
export type Currency = (typeof CURRENCIES)[number]
