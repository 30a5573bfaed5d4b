import { LEASE_MS } from '../../domain/outgoing/lease.ts'
import type { Deps } from '../deps.ts'

/** Longer than a dead letter can be sent again. */
export const EVENTS_KEPT_MS = 45 * 24 * 3600_000
/** An acknowledgement may be repeated until its lease is over. */
const MARKS_KEPT_MS = 2 * LEASE_MS
/** D1 blocks while a statement runs: small bites, and the rest next time. */
const ROWS_PER_BITE = 500
const BITES = 20

/** Closes what was given up for good, and removes what nobody needs any more. For the cron. */
export async function sweepFeed({
  feed,
  partnerNonces,
  now,
}: Pick<Deps, 'feed' | 'partnerNonces' | 'now'>): Promise<
  Record<'givenUp' | 'marks' | 'events' | 'nonces', number>
> {
  const at = now()
  return {
    givenUp: await feed.closeGivenUp(at),
    marks: await inBites((limit) => feed.sweepMarks(at - MARKS_KEPT_MS, limit)),
    events: await inBites((limit) => feed.sweepEvents(at - EVENTS_KEPT_MS, limit)),
    nonces: await inBites((limit) => partnerNonces.sweep(at, limit)),
  }
}

async function inBites(sweep: (limit: number) => Promise<number>): Promise<number> {
  let removed = 0
  for (let bite = 0; bite < BITES; bite += 1) {
    const gone = await sweep(ROWS_PER_BITE)
    removed += gone
    if (gone < ROWS_PER_BITE) break
  }
  return removed
}
