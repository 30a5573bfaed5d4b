import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { firstTimedId } from '../../domain/ids.ts'
import { alertMessages as messages } from '../schema/administration.ts'
import { once, repeatable } from '../unavailable.ts'
import type { AlertMessageRepository, DueMessage } from './alert-ports.ts'

/** In a group SQLite answers the other columns of the row that has the least id. */
const CLAIM = `UPDATE alert_messages SET next_at = ?2
  WHERE id IN (SELECT id FROM alert_messages
    WHERE next_at IS NOT NULL AND channel_id IN (
      SELECT channel_id FROM (
        SELECT channel_id, next_at, min(id) FROM alert_messages WHERE next_at IS NOT NULL
        GROUP BY channel_id)
      WHERE next_at <= ?1)
    ORDER BY id LIMIT ?3)
  RETURNING id, channel_id AS channelId, kind, subject_id AS subjectId, news, value, attempts,
    last_error AS lastError, created_at AS createdAt,
    (SELECT name FROM restaurant_index r WHERE r.id = subject_id) AS subjectName`

const SETTLE = `UPDATE alert_messages SET attempts = told.value ->> 'attempts',
    next_at = told.value ->> 'nextAt', sent_at = told.value ->> 'sentAt',
    last_error = told.value ->> 'lastError'
  FROM json_each(?1) AS told WHERE alert_messages.id = told.value ->> 'id'`

/** Given up is what neither waits nor arrived; what came of a test was told to whoever asked. */
const COUNTS = `SELECT channel_id AS channelId, sum(next_at IS NOT NULL) AS waiting,
    sum(next_at IS NULL AND sent_at IS NULL) AS givenUp
  FROM alert_messages WHERE news <> 'TEST' GROUP BY channel_id`

/** What channels are told, in D1. */
export function createAlertMessages(database: D1Database): AlertMessageRepository {
  const db = drizzle(database)
  return {
    async claim(now, until, limit) {
      const { results } = await repeatable(() =>
        database.prepare(CLAIM).bind(now, until, limit).all<DueMessage>(),
      )
      return results.sort((a, b) => (a.id < b.id ? -1 : 1))
    },

    async settle(settled) {
      await repeatable(() => database.prepare(SETTLE).bind(JSON.stringify(settled)).run())
    },

    async noteTest({ id, channelId, createdAt }, since, most) {
      const tests = and(
        eq(messages.channelId, channelId),
        eq(messages.news, 'TEST'),
        sql`${messages.id} >= ${firstTimedId(since)}`,
      )
      const [, rows] = await repeatable(() =>
        db.batch([
          db
            .insert(messages)
            .select(
              sql`SELECT ${id}, ${channelId}, NULL, '', 'TEST', 0, 0, NULL, NULL, 'NOT_SENT', ${createdAt}
                WHERE (SELECT count(*) FROM ${messages} WHERE ${tests}) < ${most}`,
            )
            .onConflictDoNothing(),
          db
            .select({ id: messages.id, createdAt: messages.createdAt })
            .from(messages)
            .where(tests)
            .orderBy(messages.id),
        ]),
      )
      if (rows.some((row) => row.id === id)) return { taken: true }
      return { taken: false, oldestAt: rows[0]?.createdAt ?? createdAt }
    },

    page: (channelId, { limit, beforeId }) =>
      once(() =>
        db
          .select()
          .from(messages)
          .where(
            and(
              eq(messages.channelId, channelId),
              beforeId === null ? undefined : lt(messages.id, beforeId),
            ),
          )
          .orderBy(desc(messages.id))
          .limit(limit)
          .all(),
      ),

    async counts() {
      type Row = { channelId: string; waiting: number; givenUp: number }
      const { results } = await once(() => database.prepare(COUNTS).all<Row>())
      return new Map(results.map(({ channelId, ...counts }) => [channelId, counts]))
    },
  }
}
