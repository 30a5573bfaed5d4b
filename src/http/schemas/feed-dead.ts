import { z } from '@hono/zod-openapi'
import type { GivenUpEvent, GivenUpKey } from '../../usecases/admin/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

const MAX_LIMIT = 100
const DEFAULT_LIMIT = 20

const filterFields = { partner_id: idSchema.optional(), restaurant_id: idSchema.optional() }

export const givenUpQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: '`next_cursor` of the page before' }),
  ...filterFields,
})

export const givenUpRetry = z
  .strictObject({ filter: z.strictObject(filterFields) })
  .openapi('GivenUpRetry', {
    example: { filter: { partner_id: '5f0c9a52-0d7e-4f0e-9a44-6f6a3a1f2b11' } },
  })

export const givenUpParams = z.object({ partner_id: idSchema, event_id: idSchema })

interface SentFilter {
  partner_id?: string | undefined
  restaurant_id?: string | undefined
}

export const givenUpFilterOf = (sent: SentFilter) => ({
  partnerId: sent.partner_id ?? null,
  restaurantId: sent.restaurant_id ?? null,
})

/** What its cursor is made of, and what reads it. */
export const keyOfGivenUp = ({ givenUpAt, partnerId, eventId }: GivenUpKey) =>
  [givenUpAt, partnerId, eventId] as const

export function givenUpKey(key: readonly unknown[] | null): GivenUpKey | null {
  if (key?.length !== 3) return null
  const [givenUpAt, partnerId, eventId] = key
  if (typeof givenUpAt !== 'number') return null
  if (typeof partnerId !== 'string' || typeof eventId !== 'string') return null
  return { givenUpAt, partnerId, eventId }
}

export const givenUpEvent = z
  .object({
    partner_id: idSchema,
    restaurant_id: idSchema,
    event_id: idSchema,
    type: z.string().nullable().openapi({ description: 'Null once the event has been swept' }),
    occurred_at: timeSchema.nullable(),
    attempts: z.int().openapi({ description: 'How often it was handed out' }),
    given_up_at: timeSchema,
  })
  .openapi('GivenUpEvent', {
    example: {
      partner_id: '5f0c9a52-0d7e-4f0e-9a44-6f6a3a1f2b11',
      restaurant_id: '3f2a9c11-7be0-8d4f-a1c2-5c1b7d2e9f40',
      event_id: '0199d2a1-6ef0-8b11-8d20-5c1b7d2e9f40',
      type: 'NEW_ORDER',
      occurred_at: '2026-11-20T03:00:00.000Z',
      attempts: 11,
      given_up_at: '2026-11-20T03:14:00.000Z',
    },
  })

export const givenUpJson = (event: GivenUpEvent) => ({
  partner_id: event.partnerId,
  restaurant_id: event.restaurantId,
  event_id: event.eventId,
  type: event.type,
  occurred_at: isoTime(event.occurredAt),
  attempts: event.attempts,
  given_up_at: isoTime(event.givenUpAt),
})
