import type { Deps } from '../deps.ts'

const STALLED_AFTER_MS = 10 * 60 * 1000
const PER_RUN = 100

/** Sends pages of rebuilds again that have not moved for long: their message was lost. For the cron. */
export async function resumeRebuilds(
  deps: Pick<Deps, 'rebuilds' | 'send' | 'now'>,
): Promise<number> {
  const stalled = await deps.rebuilds.stalled(deps.now() - STALLED_AFTER_MS, PER_RUN)
  await Promise.all(stalled.map((step) => deps.send({ v: 1, kind: 'rebuild', ...step })))
  return stalled.length
}
