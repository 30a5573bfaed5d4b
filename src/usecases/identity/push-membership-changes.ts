import type { MembershipChange } from '../../db/repositories/ports.ts'
import type { Deps } from '../deps.ts'
import { lastTokenEnds, tell } from './end-session.ts'

const PER_RUN = 100

/** Tells the object and notes that it knows. False when it could not be reached. */
export async function pushMembershipChange(deps: Deps, change: MembershipChange): Promise<boolean> {
  const { userId, restaurantId, version, changedAt } = change
  const forgetAfter = lastTokenEnds(deps, Math.max(changedAt, deps.now()))
  const command = { type: 'end-membership', userId, version, forgetAfter } as const
  if (!(await tell(deps, restaurantId, command, { userId, restaurantId }))) return false
  await deps.staff.confirmTold(change)
  return true
}

/** Tells objects of the dismissals and changes of role that a request could not finish. For the cron. */
export async function pushMembershipChanges(
  deps: Deps,
): Promise<{ pushed: number; failed: number }> {
  let pushed = 0
  const untold = await deps.staff.untold(PER_RUN)
  for (const change of untold) if (await pushMembershipChange(deps, change)) pushed += 1
  return { pushed, failed: untold.length - pushed }
}
