import { and, asc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { alertChannels as channels, alertMessages } from '../schema/administration.ts'
import { once, repeatable } from '../unavailable.ts'
import type { AlertChannelRepository } from './alert-ports.ts'
import { auditStatementWhere, there } from './audit-rows.ts'

/** One that was removed keeps its row, without name and address, for what it was told. */
const kept = (id: string) => and(eq(channels.id, id), ne(channels.sealed, ''))

/** Straight behind the statement that may have made the change: there is no line where it made none. */
const JUST_MADE = sql`changes() > 0`

/** Where alerts go, in D1. */
export function createAlertChannels(database: D1Database): AlertChannelRepository {
  const db = drizzle(database)
  return {
    list: () =>
      once(() =>
        db.select().from(channels).where(ne(channels.sealed, '')).orderBy(asc(channels.id)).all(),
      ),

    async byId(id) {
      const row = await once(() => db.select().from(channels).where(kept(id)).get())
      return row ?? null
    },

    async insert(channel, most, audit) {
      const { id, kind, name, sealed, hint, createdAt, disabledAt } = channel
      const kinds = channel.kinds === null ? null : JSON.stringify(channel.kinds)
      const room = sql`(SELECT count(*) FROM ${channels} WHERE ${channels.sealed} <> '') < ${most}`
      const [, , rows] = await repeatable(() =>
        db.batch([
          db
            .insert(channels)
            .select(
              sql`SELECT ${id}, ${kind}, ${name}, ${sealed}, ${hint}, ${kinds}, ${createdAt},
                ${disabledAt} WHERE ${room}`,
            )
            .onConflictDoNothing(),
          auditStatementWhere(db, audit, JUST_MADE),
          db.select({ id: channels.id }).from(channels).where(eq(channels.id, id)),
        ]),
      )
      return rows.length > 0
    },

    async change(id, changes, audit) {
      const [, rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(channels, kept(id))),
          db.update(channels).set(changes).where(kept(id)).returning(),
        ]),
      )
      return rows[0] ?? null
    },

    async remove(id, at, audit) {
      const { channelId, nextAt } = alertMessages
      const [, , , rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(channels, kept(id))),
          db
            .update(channels)
            .set({ name: '', sealed: '', hint: '', disabledAt: at })
            .where(kept(id)),
          db
            .update(alertMessages)
            .set({ nextAt: null, lastError: 'CHANNEL_REMOVED' })
            .where(and(eq(channelId, id), isNotNull(nextAt))),
          db.select({ id: channels.id }).from(channels).where(eq(channels.id, id)),
        ]),
      )
      return rows.length > 0
    },
  }
}
