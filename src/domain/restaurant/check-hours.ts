import { isDate, plusDays } from '../local-time.ts'
import type { FieldError } from '../refusal.ts'
import {
  hoursOn,
  minutesSpan,
  WEEKDAYS,
  type OpeningException,
  type OpeningHours,
  type OpenInterval,
  type Span,
} from './hours.ts'

const MAX_INTERVALS_A_DAY = 10
const MAX_EXCEPTIONS = 366
const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

interface Given {
  openingHours: OpeningHours | null
  openingExceptions: readonly OpeningException[]
}

/** What is wrong with the hours, by the API's field names. Overlaps are named at the later interval. */
export function checkHours(given: Given): FieldError[] {
  const shapes = [...weekShapes(given.openingHours), ...exceptionShapes(given.openingExceptions)]
  if (shapes.length > 0) return shapes
  const errors = [...weekOverlaps(given.openingHours), ...exceptionOverlaps(given)]
  return [...errors.filter(isFirst), ...neverOpen(given)]
}

const isFirst = ({ field }: FieldError, index: number, all: readonly FieldError[]): boolean =>
  all.findIndex((other) => other.field === field) === index

const weekShapes = (hours: OpeningHours | null): FieldError[] =>
  hours === null
    ? []
    : WEEKDAYS.flatMap((day) => intervalShapes(`opening_hours.${day}`, hours[day]))

function exceptionShapes(exceptions: readonly OpeningException[]): FieldError[] {
  if (exceptions.length > MAX_EXCEPTIONS)
    return [{ field: 'opening_exceptions', reason: 'too_big' }]
  const seen = new Set<string>()
  return exceptions.flatMap(({ date, hours }, index) => {
    const field = `opening_exceptions.${index}`
    const errors = intervalShapes(`${field}.hours`, hours)
    if (!isDate(date)) errors.push({ field: `${field}.date`, reason: 'invalid_date' })
    else if (seen.has(date)) errors.push({ field: `${field}.date`, reason: 'repeated' })
    seen.add(date)
    return errors
  })
}

function intervalShapes(field: string, intervals: readonly OpenInterval[]): FieldError[] {
  if (intervals.length > MAX_INTERVALS_A_DAY) return [{ field, reason: 'too_big' }]
  return intervals.flatMap((interval, index) =>
    (['open', 'close'] as const)
      .filter((end) => !TIME.test(interval[end]))
      .map((end) => ({ field: `${field}.${index}.${end}`, reason: 'invalid_time' })),
  )
}

interface Placed {
  field: string
  span: Span
}

/** The intervals of a day, on a line of minutes where that day's midnight is at `midnight`. */
const placed = (intervals: readonly OpenInterval[], field: string, midnight: number): Placed[] =>
  intervals.map((interval, index) => {
    const [from, to] = minutesSpan(interval)
    return { field: `${field}.${index}.open`, span: [midnight + from, midnight + to] }
  })

function weekOverlaps(hours: OpeningHours | null): FieldError[] {
  if (hours === null) return []
  const week = WEEKDAYS.flatMap((day, index) =>
    placed(hours[day], `opening_hours.${day}`, index * DAY_MINUTES),
  )
  // Sunday's last hours may reach into the next Monday.
  const nextWeek = week.map(({ field, span: [from, to] }): Placed => ({
    field,
    span: [from + WEEK_MINUTES, to + WEEK_MINUTES],
  }))
  return overlapsIn([...week, ...nextWeek]).map(({ later }) => overlap(later))
}

/** An exception among the days beside it; a weekday that it runs into is not what is wrong. */
function exceptionOverlaps(given: Given): FieldError[] {
  return given.openingExceptions.flatMap(({ date }) =>
    overlapsIn([-1, 0, 1].flatMap((days) => placedOn(given, plusDays(date, days), days)))
      .map(({ earlier, later }) => (isException(later) ? later : earlier))
      .filter(isException)
      .map(overlap),
  )
}

function placedOn(given: Given, date: string, days: number): Placed[] {
  const index = given.openingExceptions.findIndex((exception) => exception.date === date)
  // Beside a restaurant that is always open, nothing can run into anything.
  if (index < 0 && given.openingHours === null) return []
  const field = index < 0 ? 'opening_hours' : `opening_exceptions.${index}.hours`
  return placed(hoursOn(given, date), field, days * DAY_MINUTES)
}

const isException = (field: string): boolean => field.startsWith('opening_exceptions.')
const overlap = (field: string): FieldError => ({ field, reason: 'overlaps' })

function overlapsIn(intervals: readonly Placed[]): { earlier: string; later: string }[] {
  const found: { earlier: string; later: string }[] = []
  let longest: Placed | null = null
  for (const next of intervals.toSorted((a, b) => a.span[0] - b.span[0])) {
    if (longest !== null && next.span[0] < longest.span[1])
      found.push({ earlier: longest.field, later: next.field })
    if (longest === null || next.span[1] > longest.span[1]) longest = next
  }
  return found
}

/** Hours that are never are a mistake: a restaurant that takes no orders is paused. */
function neverOpen({ openingHours, openingExceptions }: Given): FieldError[] {
  const open =
    openingHours === null ||
    WEEKDAYS.some((day) => openingHours[day].length > 0) ||
    openingExceptions.some(({ hours }) => hours.length > 0)
  return open ? [] : [{ field: 'opening_hours', reason: 'never_open' }]
}
