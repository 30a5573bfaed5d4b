import type { AmountMinor, Currency } from '../money.ts'
import type { FieldError } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'

/** Digits behind the point of a whole unit. */
const MINOR_DIGITS: Record<Currency, number> = { KRW: 0, JPY: 0, USD: 2 }

/** What one unit of `base` was worth in `quote` on a day; `rateMillionths` counts in minor units. */
export interface ExchangeRate {
  base: Currency
  quote: Currency
  /** `YYYY-MM-DD`, UTC. */
  day: string
  rateMillionths: number
}

/** From one currency to another, exactly; `day` is the oldest of what it was made of. */
export interface Conversion {
  from: Currency
  to: Currency
  numerator: bigint
  denominator: bigint
  day: string
}

const MILLION = 1_000_000n
/** A rate of more than this is a slip of the pen. */
const MAX_RATE_MILLIONTHS = 1_000_000_000_000n
const DECIMAL = /^(\d{1,9})(?:\.(\d{1,12}))?$/
const SHOWN_DIGITS = 10

const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent)

/** Whole units of `to` per whole unit of `from`, as minor units per minor unit times this over that. */
const scaleOf = (from: Currency, to: Currency): { up: bigint; down: bigint } => {
  const shift = MINOR_DIGITS[to] - MINOR_DIGITS[from]
  return { up: powerOfTen(Math.max(0, shift)), down: powerOfTen(Math.max(0, -shift)) }
}

/** A rate as people write it, in whole units, as it is kept; what cannot be kept exactly is refused. */
export function parseRate(
  base: Currency,
  quote: Currency,
  text: string,
): Result<number, FieldError> {
  const wrong = (reason: string) => refuse<FieldError>({ field: 'rate', reason })
  const [, whole, fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === undefined) return wrong('invalid_format')
  const { up, down } = scaleOf(base, quote)
  const digits = BigInt(whole + fraction) * up * MILLION
  const divisor = powerOfTen(fraction.length) * down
  if (digits === 0n) return wrong('too_small')
  if (digits % divisor !== 0n) return wrong('too_precise')
  const kept = digits / divisor
  return kept > MAX_RATE_MILLIONTHS ? wrong('too_big') : ok(Number(kept))
}

/** The newest way from one currency to the other; over the won where nobody said the rate itself. */
export function conversionOf(
  rates: readonly ExchangeRate[],
  from: Currency,
  to: Currency,
): Conversion | null {
  if (from === to) return null
  const direct = legOf(rates, from, to)
  if (direct !== null || from === BRIDGE || to === BRIDGE) return direct
  const first = legOf(rates, from, BRIDGE)
  const second = legOf(rates, BRIDGE, to)
  if (first === null || second === null) return null
  return {
    from,
    to,
    numerator: first.numerator * second.numerator,
    denominator: first.denominator * second.denominator,
    day: first.day < second.day ? first.day : second.day,
  }
}

const BRIDGE: Currency = 'KRW'

/** Said one way round or the other: the newer of the two. */
function legOf(rates: readonly ExchangeRate[], from: Currency, to: Currency): Conversion | null {
  const newest = rates
    .filter(({ base, quote }) => (base === from && quote === to) || (base === to && quote === from))
    .toSorted((a, b) => (a.day === b.day ? (a.base === from ? -1 : 1) : a.day < b.day ? 1 : -1))[0]
  if (newest === undefined) return null
  const rate = BigInt(newest.rateMillionths)
  const [numerator, denominator] = newest.base === from ? [rate, MILLION] : [MILLION, rate]
  return { from, to, numerator, denominator, day: newest.day }
}

/** The amount in the other currency, halves rounded up; null where it is beyond what numbers can say. */
export function converted(
  amount: AmountMinor,
  { numerator, denominator }: Conversion,
): AmountMinor | null {
  const exact = BigInt(amount) * numerator
  const rounded = Number((2n * exact + denominator) / (2n * denominator))
  return Number.isSafeInteger(rounded) ? rounded : null
}

/** The rate in whole units, as people write it, halves rounded up at the tenth digit. */
export function rateText({ from, to, numerator, denominator }: Conversion): string {
  const { up, down } = scaleOf(from, to)
  const unit = powerOfTen(SHOWN_DIGITS)
  const divisor = denominator * up
  const shown = (2n * numerator * down * unit + divisor) / (2n * divisor)
  const digits = shown.toString().padStart(SHOWN_DIGITS + 1, '0')
  const fraction = digits.slice(-SHOWN_DIGITS).replace(/0+$/, '')
  return fraction === ''
    ? digits.slice(0, -SHOWN_DIGITS)
    : `${digits.slice(0, -SHOWN_DIGITS)}.${fraction}`
}
