import { asc } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { deadAgendas } from '../schema/administration.ts'
import { once, repeatable } from '../unavailable.ts'
import type { DeadAgendas } from './alert-ports.ts'

const KEEP = `INSERT INTO dead_agendas (restaurant_id, entries, seen_at)
  SELECT value ->> 'restaurantId', value ->> 'entries', ?2 FROM json_each(?1)
    WHERE value ->> 'entries' > 0
  ON CONFLICT (restaurant_id) DO UPDATE SET entries = excluded.entries, seen_at = excluded.seen_at`
const FORGET = `DELETE FROM dead_agendas WHERE restaurant_id IN (
  SELECT value ->> 'restaurantId' FROM json_each(?1) WHERE value ->> 'entries' = 0)`

/** Which restaurants' objects keep entries that were given up, in D1. */
export function createDeadAgendas(database: D1Database): DeadAgendas {
  const db = drizzle(database)
  return {
    async known(limit) {
      const { restaurantId, seenAt } = deadAgendas
      const rows = await once(() =>
        db.select({ restaurantId }).from(deadAgendas).orderBy(asc(seenAt)).limit(limit).all(),
      )
      return rows.map((row) => row.restaurantId)
    },

    async note(said, at) {
      const rows = JSON.stringify(said)
      await repeatable(() =>
        database.batch([
          database.prepare(KEEP).bind(rows, at),
          database.prepare(FORGET).bind(rows),
        ]),
      )
    },
  }
}
