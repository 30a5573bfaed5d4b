import { locale } from './i18n.ts'

/** Currencies without minor units are written as they are; the others have hundredths. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale.value, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0
  return format.format(amount / 10 ** digits)
}

/** As a clock on the wall shows it. */
export const clock = (iso: string): string =>
  new Intl.DateTimeFormat(locale.value, { hour: 'numeric', minute: '2-digit' }).format(
    new Date(iso),
  )

/** Whole minutes from now until then; 0 once it has passed. */
export const minutesUntil = (iso: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(iso) - now) / 60_000))
