import type { Locale } from './locale.ts'

/** Minor units as people of the locale write them: 18000 KRW is ₩18,000. */
export function moneyText(locale: Locale, amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const { maximumFractionDigits: digits = 0 } = format.resolvedOptions()
  return format.format(amountMinor / 10 ** digits)
}
