import type { Deps } from '../deps.ts'

const MINUTE_MS = 60_000
/** A page that has not moved for so long is taken for lost. */
export const STALLED_AFTER_MS = 10 * MINUTE_MS
/** What did not work in a day will not by itself: its dead letters say why. */
const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS
const PER_RUN = 100

/** Sends pages of rebuilds again that have not moved for long: their message was lost. For the cron. */
export async function resumeRebuilds(
  deps: Pick<Deps, 'rebuilds' | 'send' | 'now'>,
): Promise<number> {
  const now = deps.now()
  const since = { movedBefore: now - STALLED_AFTER_MS, startedAfter: now - GIVEN_UP_AFTER_MS }
  const stalled = await deps.rebuilds.takeStalled(since, PER_RUN, now)
  await Promise.all(stalled.map((step) => deps.send({ v: 1, kind: 'rebuild', ...step })))
  return stalled.length
}
