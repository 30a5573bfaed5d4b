import type { Restaurant } from '../state.ts'

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]

export interface Interval {
  open: string
  close: string
}
export type Week = Record<Day, readonly Interval[]>
export interface Exception {
  date: string
  /** None: closed on that day. */
  hours: readonly Interval[]
}

export const USUAL: Interval = { open: '11:00', close: '22:00' }

/** Null: open around the clock. */
export const weekOf = (hours: Restaurant['opening_hours']): Week | null =>
  hours === null
    ? null
    : (Object.fromEntries(DAYS.map((day) => [day, hours[day]])) as unknown as Week)

export const usualWeek = (): Week =>
  Object.fromEntries(DAYS.map((day) => [day, [USUAL]])) as unknown as Week

export const exceptionsOf = (exceptions: Restaurant['opening_exceptions']): Exception[] =>
  exceptions.map((one) => ({ date: one.date, hours: 'hours' in one ? one.hours : [] }))

/** As the API takes them. */
export const hoursJson = (week: Week | null) =>
  week === null
    ? null
    : (Object.fromEntries(DAYS.map((day) => [day, [...week[day]]])) as Record<Day, Interval[]>)

export const exceptionsJson = (exceptions: readonly Exception[]) =>
  exceptions.map(({ date, hours }) =>
    hours.length === 0 ? { date, closed: true as const } : { date, hours: [...hours] },
  )
