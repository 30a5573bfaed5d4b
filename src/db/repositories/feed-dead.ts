import { and, desc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { feedEvents, feedMarks } from '../schema/feed.ts'
import { once } from '../unavailable.ts'
import type { GivenUpEvents } from './feed-dead-ports.ts'

/** What the feed gave up, in D1. */
export function createGivenUpEvents(database: D1Database): GivenUpEvents {
  const db = drizzle(database)
  const { partnerId, restaurantId, eventId, markedAt } = feedMarks
  return {
    page: (filter, { limit, after }) =>
      once(() =>
        db
          .select({
            ...{ partnerId, restaurantId, eventId, givenUpAt: markedAt },
            ...{ type: feedEvents.type, occurredAt: feedEvents.occurredAt },
            attempts: feedMarks.attempts,
          })
          .from(feedMarks)
          .leftJoin(feedEvents, eq(feedEvents.id, eventId))
          .where(
            and(
              sql`${feedMarks.state} = 'DEAD'`,
              filter.partnerId === null ? undefined : eq(partnerId, filter.partnerId),
              filter.restaurantId === null ? undefined : eq(restaurantId, filter.restaurantId),
              after === null
                ? undefined
                : sql`(${markedAt}, ${partnerId}, ${eventId})
                    < (${after.givenUpAt}, ${after.partnerId}, ${after.eventId})`,
            ),
          )
          .orderBy(desc(markedAt), desc(partnerId), desc(eventId))
          .limit(limit)
          .all(),
      ),
  }
}
