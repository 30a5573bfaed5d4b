import { locale } from './i18n.ts'

/** Made once for each: a menu has hundreds of prices, and making one costs more than using it. */
const formats = new Map<string, { format: Intl.NumberFormat; unit: number }>()

function formatOf(currency: string): { format: Intl.NumberFormat; unit: number } {
  const key = `${locale.value} ${currency}`
  const made = formats.get(key)
  if (made !== undefined) return made
  const format = new Intl.NumberFormat(locale.value, { style: 'currency', currency })
  const one = { format, unit: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0) }
  formats.set(key, one)
  return one
}

/** Currencies without minor units are written as they are; the others have hundredths. */
export function money(amount: number, currency: string): string {
  const { format, unit } = formatOf(currency)
  return format.format(amount / unit)
}

/** A number as the reader writes it. */
export const count = (number: number): string => new Intl.NumberFormat(locale.value).format(number)

/** Somebody's own clocks where no others are named. */
const zoneOf = (timeZone: string | undefined) => (timeZone === undefined ? {} : { timeZone })

/** As a clock on the wall shows it. */
export const clock = (iso: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale.value, {
    hour: 'numeric',
    minute: '2-digit',
    ...zoneOf(timeZone),
  }).format(new Date(iso))

/** Whole minutes from now until then; 0 once it has passed. */
export const minutesUntil = (iso: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(iso) - now) / 60_000))

/** How many digits of a currency's amounts stand behind the point. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits ?? 0

/** An amount as people type it: 18000 won, 12.50 dollars. */
export const typedAmount = (amount: number, currency: string): string =>
  (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency))

/** What was typed, in the currency's smallest unit. */
export const amountOf = (typed: number, currency: string): number =>
  Math.round(typed * 10 ** digitsOf(currency))

/** The step between two amounts that can be typed. */
export const stepOf = (currency: string): number => 10 ** -digitsOf(currency)

export const dateText = (iso: string): string =>
  new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(new Date(iso))

/** A day and a time of it. */
export const momentText = (iso: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale.value, {
    dateStyle: 'short',
    timeStyle: 'short',
    ...zoneOf(timeZone),
  }).format(new Date(iso))

/** When something ends: the time alone where that is before the day is over. */
export const endText = (iso: string, dayEnds: string, timeZone?: string): string =>
  Date.parse(iso) <= Date.parse(dayEnds) ? clock(iso, timeZone) : momentText(iso, timeZone)
