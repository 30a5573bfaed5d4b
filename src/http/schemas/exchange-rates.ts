import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import { timeSchema } from './common.ts'

const currency = z.enum(CURRENCIES)
const day = z.iso.date().openapi({ example: '2026-11-20', description: 'UTC' })
const rate = z.string().openapi({
  example: '1385.5',
  description: 'What a whole unit of `base` is in whole units of `quote`, in decimal digits',
})

export const rateEntry = z
  .strictObject({ base: currency, quote: currency, day, rate })
  .openapi('ExchangeRateEntry')

export const enteredRate = z
  .object({
    base: currency,
    quote: currency,
    day,
    rate,
    entered_at: timeSchema,
    entered_by: z.string(),
  })
  .openapi('EnteredExchangeRate')

export const shownRate = z
  .object({
    base: currency,
    quote: currency,
    rate,
    rate_date: day.openapi({ description: 'The oldest day of what it was made of' }),
  })
  .openapi('ExchangeRate')

export const pairQuery = z.object({ base: currency, quote: currency })

export const ratesQuery = pairQuery.partial().extend({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: '`next_cursor` of the page before' }),
})
