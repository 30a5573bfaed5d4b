import { and, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { AuditEntry } from '../../domain/audit.ts'
import { firstTimedId } from '../../domain/ids.ts'
import type { LeaseFacts } from '../../domain/outgoing/lease.ts'
import * as texts from '../feed-texts.ts'
import { feedMarks } from '../schema/feed.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { FeedSettling, HandedEvent, PartnerFeed } from './feed-ports.ts'

type Value = string | number | null

/** The feed of partners, in D1: its one writer sees pulls and acknowledgements one after the other. */
export function createPartnerFeed(database: D1Database): PartnerFeed {
  const bound = (text: string, ...values: Value[]): D1PreparedStatement =>
    database.prepare(text).bind(...values)

  async function settle(
    first: D1PreparedStatement,
    { partnerId, leaseId, eventIds, now }: FeedSettling,
  ): Promise<LeaseFacts> {
    // Doing it twice is doing it once: a lost answer may be asked for again.
    const results = await repeatable(() =>
      database.batch<Record<string, unknown>>([
        first,
        bound(texts.MOVE_CURSORS, partnerId, now, leaseId),
        bound(texts.FREE, partnerId, null, leaseId),
        bound(texts.LEASED, partnerId, leaseId),
        bound(texts.ELSEWHERE, partnerId, leaseId, JSON.stringify(eventIds)),
      ]),
    )
    const [leased = [], elsewhere = []] = results.slice(3).map((result) => result.results)
    return {
      events: leased.map(({ eventId, leaseUntil, open }) => ({
        eventId: String(eventId),
        leaseUntil: Number(leaseUntil),
        open: open === 1,
      })),
      elsewhere: elsewhere.map(({ id }) => String(id)),
    }
  }

  return {
    async pull({ partnerId, leaseId, now, leaseUntil, max, restaurantId, types }) {
      const given = [partnerId, now, leaseId, leaseUntil, max, restaurantId, asJson(types)]
      const pass = [partnerId, now, leaseId]
      // Not repeated: what a lost answer has handed out is handed out anew when its lease is over.
      const results = await once(() =>
        database.batch<Record<string, unknown>>([
          bound(texts.CLAIM, ...given),
          bound(texts.HAND_OUT, ...given),
          bound(texts.PASS_TO_FIRST, ...pass),
          bound(texts.PASS_OVER, ...pass),
          bound(texts.HANDED_OUT, ...pass),
        ]),
      )
      const [passed, handed] = results.slice(3)
      const events = (handed?.results ?? []).map(
        (row) => ({ ...row, dead: row['dead'] === 1 }) as HandedEvent,
      )
      return { events, passed: passed?.meta.changes ?? 0 }
    },

    ack: (settling) => settle(bound(texts.SETTLE, ...whose(settling)), settling),
    giveBack: (settling, notBefore) =>
      settle(bound(texts.GIVE_BACK, ...whose(settling), notBefore), settling),

    async takeBack(partnerId, leaseId, now) {
      await repeatable(() =>
        database.batch([
          bound(texts.TAKE_BACK, partnerId, now, leaseId),
          bound(texts.FREE, partnerId, null, leaseId),
        ]),
      )
    },

    async redriveMark(partnerId, eventId, now, audit) {
      const redrive = bound(texts.REDRIVE, partnerId, eventId, now, firstTimedId(now))
      const told = lineOfRedriving(database, { partnerId, eventId }, audit)
      const [, redriven] = await repeatable(() => database.batch([told, redrive]))
      return (redriven?.results.length ?? 0) > 0
    },

    async closeGivenUp(now) {
      const [closed] = await repeatable(() =>
        database.batch([
          bound(texts.CLOSE_GIVEN_UP, null, now),
          bound(texts.MOVE_CLOSED, null, now),
        ]),
      )
      return closed?.results.length ?? 0
    },

    async sweepEvents(before, limit) {
      const [events, marks] = await repeatable(() =>
        database.batch([
          bound(texts.SWEEP_EVENTS, before, limit),
          bound(texts.SWEEP_OLD_MARKS, firstTimedId(before), limit),
        ]),
      )
      return Math.max(events?.meta.changes ?? 0, marks?.meta.changes ?? 0)
    },

    async sweepMarks(before, limit) {
      const swept = await repeatable(() =>
        bound(texts.SWEEP_MARKS, firstTimedId(before), limit).run(),
      )
      return swept.meta.changes
    },
  }
}

const asJson = (list: readonly string[] | null): string | null => list && JSON.stringify(list)

const whose = ({ partnerId, now, leaseId, eventIds }: FeedSettling): Value[] => [
  partnerId,
  now,
  leaseId,
  JSON.stringify(eventIds),
]

/** Where the event is given up and is about to be no longer. */
function lineOfRedriving(
  database: D1Database,
  { partnerId, eventId }: { partnerId: string; eventId: string },
  audit: AuditEntry,
): D1PreparedStatement {
  const givenUp = and(
    eq(feedMarks.partnerId, partnerId),
    eq(feedMarks.state, 'DEAD'),
    eq(feedMarks.eventId, eventId),
  )
  const line = auditStatementWhere(drizzle(database), audit, there(feedMarks, givenUp)).toSQL()
  return database.prepare(line.sql).bind(...line.params)
}
