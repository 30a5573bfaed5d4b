import { z } from '@hono/zod-openapi'
import { publicSeq } from '../../domain/events.ts'
import { FEED_EVENT_TYPES } from '../../domain/outgoing/feed-event.ts'
import { MAX_HANDINGS } from '../../domain/outgoing/lease.ts'
import type { HandedEvent, PulledEvents } from '../../usecases/outgoing/pull-events.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

const DEAD_LETTERED = 'DEAD_LETTERED' as const

const typesSchema = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  .pipe(z.array(z.enum(FEED_EVENT_TYPES)).min(1))
  .openapi({
    type: 'string',
    example: 'NEW_ORDER,STATUS_CHANGED',
    description: 'What the caller handles, by commas. Whatever else is next counts as done.',
  })

export const pullQuery = z.object({
  max: z.coerce.number().int().min(1).max(100).default(100),
  wait: z.coerce.number().int().min(0).max(25).default(0).openapi({
    description: 'Seconds to wait for an event where there is none',
  }),
  restaurant_id: idSchema.optional(),
  types: typesSchema.optional(),
})

const handedEvent = z
  .object({
    id: idSchema,
    seq: z.number().int().openapi({ description: 'Rises within a restaurant, with gaps' }),
    type: z.enum([...FEED_EVENT_TYPES, DEAD_LETTERED]),
    restaurant_id: idSchema,
    occurred_at: timeSchema,
    data: z.record(z.string(), z.unknown()).openapi({
      description: 'The whole new state of what the event is about',
    }),
    attempt: z.number().int().openapi({ description: 'Which time it is handed out' }),
  })
  .openapi('FeedEvent')

const EXAMPLE = {
  events: [
    {
      id: '01a1f6e5-8781-84e0-b076-bf8a9c769149',
      seq: 17,
      type: 'STATUS_CHANGED' as const,
      restaurant_id: '5d0c1c52-31b8-8c57-9d2c-bf8a9c769149',
      occurred_at: '2026-11-20T03:00:00.000Z',
      data: { order: { order_number: 'A001', status: 'ACCEPTED' }, payments: [], refunds: [] },
      attempt: 1,
    },
  ],
  lease_id: '01a1f6e5-8799-8c1f-a0f1-ffffffffffff',
  expires_at: '2026-11-20T03:01:00.000Z',
  as_of: '2026-11-20T03:00:00.000Z',
}

export const pulledEvents = z
  .object({
    events: z.array(handedEvent),
    lease_id: idSchema.nullable().openapi({ description: 'Null where there are no events' }),
    expires_at: timeSchema.nullable(),
    as_of: timeSchema,
  })
  .openapi('PulledEvents', { example: EXAMPLE })

const named = {
  lease_id: idSchema,
  event_ids: z.array(idSchema).min(1).max(100),
}
const NAMED = { lease_id: EXAMPLE.lease_id, event_ids: ['01a1f6e5-8781-84e0-b076-bf8a9c769149'] }

export const acknowledgement = z.object(named).openapi('EventsAcknowledgement', { example: NAMED })

export const givingBack = z
  .object({ ...named, delay_seconds: z.number().int().min(0).max(3_600).default(0) })
  .openapi('EventsGivenBack', { example: { ...NAMED, delay_seconds: 30 } })

export const settledEvents = z
  .object({
    lease_id: idSchema,
    open: z.number().int().openapi({
      description: 'Events of the lease that are neither acknowledged nor given back',
    }),
  })
  .openapi('SettledEvents', { example: { lease_id: NAMED.lease_id, open: 0 } })

export const pulledJson = ({ events, lease, asOf }: PulledEvents) => ({
  events: events.map(eventJson),
  lease_id: lease?.id ?? null,
  expires_at: isoTime(lease?.until ?? null),
  as_of: isoTime(asOf),
})

const eventJson = (event: HandedEvent) => ({
  id: event.id,
  seq: publicSeq(event.epoch, event.seq),
  type: event.dead ? DEAD_LETTERED : event.type,
  restaurant_id: event.restaurantId,
  occurred_at: isoTime(event.occurredAt),
  data: event.dead
    ? { type: event.type, attempts: MAX_HANDINGS }
    : (JSON.parse(event.data) as Record<string, unknown>),
  attempt: event.attempt,
})
