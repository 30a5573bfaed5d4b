import { and, asc, gt, lt, max, sql } from 'drizzle-orm'
import type { DomainEvent } from '../../domain/events.ts'
import { jsonOnce } from '../json-once.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { events } from './schema.ts'

const APPEND = `INSERT INTO events (seq, epoch, id, type, at, subject, message, trace_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

/** The numbered events. The newest is never pruned: the next number follows from it. */
export function createEventStore(db: Database, sqlite: SqlStorage, memory: Memory) {
  const lastSeq = memory.one(
    () =>
      db
        .select({ seq: max(events.seq) })
        .from(events)
        .get()?.seq ?? 0,
  )
  const page = db
    .select()
    .from(events)
    .where(gt(events.seq, sql.placeholder('seq')))
    .orderBy(asc(events.seq))
    .limit(sql.placeholder('limit'))
    .prepare()

  return {
    append({ seq, epoch, id, type, at, subject, message, traceId }: DomainEvent): void {
      const text = jsonOnce(subject)
      sqlite.exec(APPEND, seq, epoch, id, type, at, text, message, traceId ?? null)
      lastSeq.set(seq)
    },
    lastSeq: (): number => lastSeq.get(),
    firstSeq: (): number =>
      db
        .select({ seq: sql<number | null>`min(${events.seq})` })
        .from(events)
        .get()?.seq ?? 0,
    after: (restaurantId: string, seq: number, limit: number): DomainEvent[] =>
      page.all({ seq, limit }).map(({ traceId, ...row }) => ({
        ...row,
        restaurantId,
        ...(traceId !== null && { traceId }),
      })),
    /** Removes events that every consumer has had (up to `watermark`) and that are older than `before`. */
    prune(before: number, watermark: number): void {
      db.delete(events)
        .where(
          and(
            lt(events.at, before),
            sql`${events.seq} <= ${watermark}`,
            sql`${events.seq} < (SELECT max(seq) FROM events)`,
          ),
        )
        .run()
    },
  }
}
