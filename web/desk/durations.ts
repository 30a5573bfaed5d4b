import { locale } from '../lib/i18n.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const inUnit = (value: number, unit: string, digits = 0): string =>
  new Intl.NumberFormat(locale.value, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value)

/** A span as people say it, by its two largest units: 85 ms, 3.2 s, 4 min 10 s, 2 days 3 h. */
export function durationText(seconds: number): string {
  if (seconds > 0 && seconds < 1) return inUnit(Math.round(seconds * 1_000), 'millisecond')
  if (seconds < 10) return inUnit(seconds, 'second', 1)
  const whole = Math.round(seconds)
  const at = UNITS.findIndex(([, size]) => whole >= size)
  const [unit, size] = UNITS[at] ?? UNITS[3]
  const next = UNITS[at + 1]
  const rest = next === undefined ? 0 : Math.floor((whole % size) / next[1])
  const first = inUnit(Math.floor(whole / size), unit)
  return next === undefined || rest === 0 ? first : `${first} ${inUnit(rest, next[0])}`
}

/** How long something has been so, by this device's clock. */
export const lastingText = (iso: string, now: number): string =>
  durationText(Math.max(0, Math.round((now - Date.parse(iso)) / 1_000)))
