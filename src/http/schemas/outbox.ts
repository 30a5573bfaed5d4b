import { z } from '@hono/zod-openapi'
import {
  DELIVERY_STATES,
  DESTINATION_KINDS,
  type Delivery,
} from '../../domain/outgoing/delivery.ts'
import type { OutboxFilter, Retried } from '../../usecases/admin/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'

const destinationId = z.string().min(1).max(200).openapi({
  description: "A partner's endpoint, `<restaurant>:<sink>`, or `platform`",
  example: 'platform',
})
const eventType = z.string().min(1).max(64).openapi({ example: 'STATUS_CHANGED' })
export const instant = z.iso.datetime({ offset: true }).openapi({ example: '2026-11-20T00:00:00Z' })

const filterFields = {
  destination_kind: z.enum(DESTINATION_KINDS).optional(),
  destination_id: destinationId.optional(),
  partner_id: idSchema.optional(),
  restaurant_id: idSchema.optional(),
  order_id: idSchema.optional(),
  type: eventType.optional(),
  since: instant.optional(),
}

export const outboxQuery = pageQuery.extend({
  state: z.enum(DELIVERY_STATES).optional(),
  ...filterFields,
})

export const outboxRetry = z
  .strictObject({
    filter: z.strictObject({
      state: z.enum(['DEAD', 'SKIPPED']).default('DEAD'),
      ...filterFields,
    }),
  })
  .openapi('OutboxRetry', { example: { filter: { state: 'DEAD', destination_kind: 'PUSH' } } })

interface SentFilter {
  destination_kind?: OutboxFilter['destinationKind'] | undefined
  destination_id?: string | undefined
  partner_id?: string | undefined
  restaurant_id?: string | undefined
  order_id?: string | undefined
  type?: string | undefined
  since?: string | undefined
}

export const outboxFilterOf = (sent: SentFilter): Omit<OutboxFilter, 'state'> => ({
  destinationKind: sent.destination_kind ?? null,
  destinationId: sent.destination_id ?? null,
  partnerId: sent.partner_id ?? null,
  restaurantId: sent.restaurant_id ?? null,
  orderId: sent.order_id ?? null,
  type: sent.type ?? null,
  since: sent.since === undefined ? null : Date.parse(sent.since),
})

export const deliverySchema = z
  .object({
    id: idSchema,
    destination_kind: z.enum(DESTINATION_KINDS),
    destination_id: z.string(),
    restaurant_id: idSchema,
    event_id: idSchema,
    event_type: z.string(),
    order_id: idSchema.nullable(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int().openapi({ description: 'Tries that count' }),
    next_at: timeSchema.nullable().openapi({ description: 'While it waits: the next try' }),
    last_status: z.int().nullable(),
    last_error: z.string().nullable(),
    created_at: timeSchema,
    settled_at: timeSchema.nullable(),
  })
  .openapi('Delivery', {
    example: {
      id: '0199d2a1-6f00-8a3c-9e10-5c1b7d2e9f40',
      destination_kind: 'PUSH',
      destination_id: '7b0c7b50-2f3e-4c0a-9d55-0a4e3f6d2c11',
      restaurant_id: '3f2a9c11-7be0-8d4f-a1c2-5c1b7d2e9f40',
      event_id: '0199d2a1-6ef0-8b11-8d20-5c1b7d2e9f40',
      event_type: 'NEW_ORDER',
      order_id: '0199d2a1-6ef0-8a3c-9e10-5c1b7d2e9f40',
      state: 'PENDING',
      attempts: 3,
      next_at: '2026-11-20T03:12:30.000Z',
      last_status: 503,
      last_error: 'STATUS_503',
      created_at: '2026-11-20T03:00:00.000Z',
      settled_at: null,
    },
  })

export const deliveryJson = (delivery: Delivery) => ({
  id: delivery.id,
  destination_kind: delivery.destinationKind,
  destination_id: delivery.destinationId,
  restaurant_id: delivery.restaurantId,
  event_id: delivery.eventId,
  event_type: delivery.eventType,
  order_id: delivery.orderId,
  state: delivery.state,
  attempts: delivery.attempts,
  next_at: delivery.state === 'PENDING' ? isoTime(delivery.nextAt) : null,
  last_status: delivery.lastStatus,
  last_error: delivery.lastError,
  created_at: isoTime(delivery.createdAt),
  settled_at: isoTime(delivery.settledAt),
})

export const retriedSchema = z
  .object({
    retried: z.int().openapi({ description: 'How many are sent again' }),
    more: z.boolean().openapi({ description: 'Whether the filter finds more: ask again' }),
  })
  .openapi('SentAgain', { example: { retried: 500, more: true } })

export const retriedJson = ({ retried, more }: Retried) => ({ retried, more })
