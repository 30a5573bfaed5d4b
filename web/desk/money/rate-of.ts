export const CURRENCIES = ['KRW', 'USD', 'JPY'] as const
export type Currency = (typeof CURRENCIES)[number]

export const currencyOf = (text: string): Currency =>
  CURRENCIES.find((one) => one === text) ?? 'KRW'

const RATE = /^\d{1,9}(\.\d{1,12})?$/

/** A rate as it is typed (1,385.50): digits and a point, as it is sent; null where it is none. */
export function rateOf(typed: string): string | null {
  const text = typed.replaceAll(/[,\s]/g, '')
  return RATE.test(text) && Number(text) > 0 ? text : null
}
