import type { Deps } from '../deps.ts'
import { pushRevocation } from './end-session.ts'

const PER_RUN = 100

/** Tells the objects of log-outs that a request could not finish. For the cron. */
export async function pushPendingRevocations(
  deps: Deps,
): Promise<{ pushed: number; failed: number }> {
  let pushed = 0
  const pending = await deps.sessions.pendingRevocations(PER_RUN)
  for (const revocation of pending) if (await pushRevocation(deps, revocation)) pushed += 1
  return { pushed, failed: pending.length - pushed }
}
