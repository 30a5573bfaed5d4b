import { instantOf, localDate, plusDays, weekdayOf } from '../local-time.ts'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Local times as `HH:MM`. A close that is not later than its open is the next day's. */
export interface OpenInterval {
  open: string
  close: string
}

/** A day without intervals is closed. */
export type OpeningHours = Record<Weekday, readonly OpenInterval[]>

/** A date whose hours are not those of its weekday; none = closed. */
export interface OpeningException {
  date: string
  hours: readonly OpenInterval[]
}

export interface Schedule {
  timezone: string
  /** Null = always open, but for the exceptions. */
  openingHours: OpeningHours | null
  openingExceptions: readonly OpeningException[]
}

/** From the first instant to the second, which is not in it. */
export type Span = readonly [from: number, to: number]

const DAY_MINUTES = 24 * 60
const ALL_DAY: readonly OpenInterval[] = [{ open: '00:00', close: '00:00' }]
/** Every weekday comes up within these, whatever the clocks do. */
const DAYS_AHEAD = 9
/** Nobody looks further; the house-keeping of every day looks again. */
const FURTHEST_DAYS = 400

/** Minutes after midnight of a time that was checked. */
export const minutesOf = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Minutes after the day's midnight; beyond a day's where it runs into the next. */
export function minutesSpan({ open, close }: OpenInterval): Span {
  const from = minutesOf(open)
  const to = minutesOf(close)
  return [from, to > from ? to : to + DAY_MINUTES]
}

/** What holds on a date: its exception, else its weekday's hours. They belong to the day they began. */
export function hoursOn(schedule: Omit<Schedule, 'timezone'>, date: string) {
  const exception = schedule.openingExceptions.find((other) => other.date === date)
  if (exception !== undefined) return exception.hours
  const weekday = WEEKDAYS[weekdayOf(date)]
  if (schedule.openingHours === null || weekday === undefined) return ALL_DAY
  return schedule.openingHours[weekday]
}

/** The hours that began on a date, as instants; what the clocks skip altogether is left out. */
function spansOn(schedule: Schedule, date: string): Span[] {
  const { timezone } = schedule
  return hoursOn(schedule, date)
    .map(minutesSpan)
    .map(([from, to]): Span => [instantOf(date, from, timezone), instantOf(date, to, timezone)])
    .filter(([from, to]) => from < to)
}

const neverCloses = ({ openingHours, openingExceptions }: Schedule): boolean =>
  openingHours === null && openingExceptions.length === 0

/** Whether the schedule says open at an instant. */
export const isWithinHours = (schedule: Schedule, now: number): boolean =>
  neverCloses(schedule) || spanAt(schedule, now) !== null

/** The hours that hold at an instant. Those of yesterday may run past midnight. */
function spanAt(schedule: Schedule, now: number): Span | null {
  const today = localDate(now, schedule.timezone)
  const around = [-1, 0, 1].flatMap((days) => spansOn(schedule, plusDays(today, days)))
  return around.find(([from, to]) => from <= now && now < to) ?? null
}

/** When the schedule next says open: now, if it does; null if it never does again. */
export function nextOpening(schedule: Schedule, now: number): number | null {
  if (isWithinHours(schedule, now)) return now
  for (const date of datesAhead(schedule, now)) {
    const starts = spansOn(schedule, date).map(([from]) => from)
    const next = Math.min(...starts.filter((from) => from > now))
    if (next !== Infinity) return next
  }
  return null
}

/** When what the schedule says next changes; null if it never does. Hours that touch are one stretch. */
export function nextChange(schedule: Schedule, now: number): number | null {
  if (neverCloses(schedule)) return null
  let span = spanAt(schedule, now)
  if (span === null) return nextOpening(schedule, now)
  const end = lastDateAhead(schedule, now)
  while (localDate(span[1], schedule.timezone) <= end) {
    const next = spanAt(schedule, span[1])
    if (next === null) return span[1]
    span = next
  }
  return null
}

/** Beyond the last exception and a whole week there is nothing that has not been before. */
function lastDateAhead({ openingExceptions, timezone }: Schedule, now: number): string {
  const today = localDate(now, timezone)
  const furthest = plusDays(today, FURTHEST_DAYS)
  const last = openingExceptions
    .filter(({ date }) => date <= furthest)
    .reduce((latest, { date }) => (date > latest ? date : latest), today)
  return plusDays(last, DAYS_AHEAD)
}

function* datesAhead(schedule: Schedule, now: number): Generator<string> {
  const end = lastDateAhead(schedule, now)
  const first = plusDays(localDate(now, schedule.timezone), -1)
  for (let date = first; date <= end; date = plusDays(date, 1)) yield date
}
