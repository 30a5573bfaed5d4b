import { z } from '@hono/zod-openapi'
import { DESTINATION_KINDS } from '../../domain/outgoing/delivery.ts'
import type { Lag } from '../../usecases/admin/read-lag.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

export const lagQuery = z.object({ restaurant_id: idSchema.optional() })

const destinationLag = z
  .object({
    destination_kind: z.enum(DESTINATION_KINDS),
    destination_id: z.string(),
    partner_id: idSchema.nullable(),
    pending: z.int(),
    oldest_pending_at: timeSchema.nullable(),
    next_try_at: timeSchema.nullable(),
    dead: z.int(),
    failing_since: timeSchema.nullable(),
    paused_until: timeSchema.nullable(),
  })
  .openapi('DestinationLag')

const restaurantLag = z
  .object({
    restaurant_id: idSchema,
    epoch: z.int(),
    projection: z.object({
      seq: z.int(),
      moved_at: timeSchema,
      waiting: z.int().nullable().openapi({
        description: 'Events the read model has not had, a hundred at most; null: not answered',
      }),
      behind_since: timeSchema.nullable(),
    }),
    feed: z.object({
      seq: z.int().nullable(),
      moved_at: timeSchema.nullable(),
      behind: z.int().openapi({
        description: 'Numbers that the read model is ahead of what the feed may serve',
      }),
    }),
  })
  .openapi('RestaurantLag')

const partnerLag = z
  .object({
    partner_id: idSchema,
    restaurant_id: idSchema,
    behind: z.int().openapi({ description: 'Events beyond its cursor, a thousand at most' }),
    behind_since: timeSchema,
  })
  .openapi('PartnerLag')

export const lagSchema = z
  .object({
    destinations: z.array(destinationLag),
    restaurants: z.array(restaurantLag),
    partners: z.array(partnerLag),
    as_of: timeSchema,
  })
  .openapi('OutgoingLag', {
    example: {
      destinations: [
        {
          destination_kind: 'PUSH',
          destination_id: '7b0c7b50-2f3e-4c0a-9d55-0a4e3f6d2c11',
          partner_id: '5f0c9a52-0d7e-4f0e-9a44-6f6a3a1f2b11',
          pending: 12,
          oldest_pending_at: '2026-11-20T02:10:00.000Z',
          next_try_at: '2026-11-20T03:12:30.000Z',
          dead: 0,
          failing_since: '2026-11-20T02:10:05.000Z',
          paused_until: null,
        },
      ],
      restaurants: [],
      partners: [],
      as_of: '2026-11-20T03:00:00.000Z',
    },
  })

export const lagJson = ({ destinations, restaurants, partners }: Lag, now: number) => ({
  destinations: destinations.map((destination) => ({
    destination_kind: destination.destinationKind,
    destination_id: destination.destinationId,
    partner_id: destination.partnerId,
    pending: destination.pending,
    oldest_pending_at: isoTime(destination.oldestPendingAt),
    next_try_at: isoTime(destination.nextTryAt),
    dead: destination.dead,
    failing_since: isoTime(destination.failingSince),
    paused_until: isoTime(pauseAfter(destination.pausedUntil, now)),
  })),
  restaurants: restaurants.map((restaurant) => ({
    restaurant_id: restaurant.restaurantId,
    epoch: restaurant.epoch,
    projection: {
      seq: restaurant.projectedSeq,
      moved_at: isoTime(restaurant.projectedAt),
      waiting: restaurant.unprojected?.events ?? null,
      behind_since: isoTime(restaurant.unprojected?.oldestAt ?? null),
    },
    feed: {
      seq: restaurant.feedSeq,
      moved_at: isoTime(restaurant.feedMovedAt),
      behind: Math.max(0, restaurant.projectedSeq - (restaurant.feedSeq ?? 0)),
    },
  })),
  partners: partners.map((partner) => ({
    partner_id: partner.partnerId,
    restaurant_id: partner.restaurantId,
    behind: partner.behind,
    behind_since: isoTime(partner.oldestAt),
  })),
  as_of: isoTime(now),
})

const pauseAfter = (until: number | null, now: number): number | null =>
  until !== null && until > now ? until : null
