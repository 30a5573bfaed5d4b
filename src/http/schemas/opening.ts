import { z } from '@hono/zod-openapi'
import { openingOf } from '../../domain/restaurant/opening.ts'
import {
  WEEKDAYS,
  type OpeningException,
  type OpeningHours,
} from '../../domain/restaurant/hours.ts'
import type { RestaurantState } from '../../domain/restaurant/settings.ts'
import { isoTime, timeSchema } from './common.ts'

/** Whether times are times and hours overlap is the domain's to judge (check-hours.ts). */
const interval = z.object({
  open: z.string().max(10).openapi({ example: '17:00' }),
  close: z
    .string()
    .max(10)
    .openapi({ example: '02:00', description: 'Not later than `open`: of the next day' }),
})
const day = z.array(interval).max(100).default([])

/** Strict: a day that is misspelt would be a day that is closed. */
export const openingHours = z
  .strictObject(Object.fromEntries(WEEKDAYS.map((name) => [name, day])) as HoursShape)
  .nullable()
  .openapi({ description: 'Local times; a day left out is closed. Null = always open' })
type HoursShape = Record<(typeof WEEKDAYS)[number], typeof day>

export const openingExceptions = z
  .array(
    z.union([
      z.strictObject({ date: z.string().max(20), closed: z.literal(true) }),
      z.strictObject({ date: z.string().max(20), hours: z.array(interval).min(1).max(100) }),
    ]),
  )
  .max(1_000)
  .openapi({
    maxItems: 366,
    description: 'Dates whose hours are not those of their weekday',
    example: [{ date: '2026-12-25', closed: true }],
  })

/** A date without hours is a closed one. */
export const exceptionsFrom = (body: z.output<typeof openingExceptions>): OpeningException[] =>
  body.map((given) => ({ date: given.date, hours: 'hours' in given ? given.hours : [] }))

export const exceptionsJson = (
  exceptions: readonly OpeningException[],
): z.output<typeof openingExceptions> =>
  exceptions.map(({ date, hours }) =>
    hours.length === 0 ? { date, closed: true } : { date, hours: [...hours] },
  )

export const hoursJson = (hours: OpeningHours | null) =>
  hours === null
    ? null
    : (Object.fromEntries(WEEKDAYS.map((name) => [name, [...hours[name]]])) as Record<
        (typeof WEEKDAYS)[number],
        z.output<typeof interval>[]
      >)

const until = z.iso
  .datetime({ offset: true })
  .nullable()
  .default(null)
  .openapi({ description: 'When it ends by itself; null = when somebody says so' })

export const pausing = z.object({ until }).openapi('Pausing')
export const busyMark = z
  .object({
    delay_minutes: z
      .int()
      .openapi({ minimum: 0, maximum: 240, example: 20, description: '0 = as usual again' }),
    until,
  })
  .openapi('BusyMark')

export const untilMs = (text: string | null): number | null =>
  text === null ? null : Date.parse(text)

export const openingFields = {
  open: z.boolean(),
  opens_at: timeSchema
    .nullable()
    .openapi({ description: 'When orders are taken again; null while open, or if nobody knows' }),
  paused: z.boolean(),
  paused_until: timeSchema.nullable(),
  pause_reason: z.enum(['STAFF', 'UNSEEN']).nullable().openapi({
    description: 'UNSEEN: nobody saw the orders; the next board that connects ends it',
  }),
  busy_delay_minutes: z.int().openapi({ description: 'Longer than usual by so much' }),
  busy_until: timeSchema.nullable(),
}

export const openingSchema = z.object(openingFields).openapi('Opening')

/** What holds now of opening, pause and busy. */
export function openingJson(restaurant: RestaurantState, now: number) {
  const { open, opensAt, busyDelayMinutes } = openingOf(restaurant, now)
  const { paused, pausedUntil, pauseReason, busy } = restaurant
  return {
    open,
    opens_at: isoTime(opensAt),
    paused,
    paused_until: isoTime(pausedUntil),
    pause_reason: paused ? (pauseReason ?? 'STAFF') : null,
    busy_delay_minutes: busyDelayMinutes,
    busy_until: busyDelayMinutes === 0 ? null : isoTime(busy?.until ?? null),
  }
}
