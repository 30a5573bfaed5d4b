import type { Deps } from '../deps.ts'
import { activityOf, type Agent } from './activity-of.ts'

/** A person who goes on reading the same is noted once within this time. */
const NOTED_AGAIN_MS = 5 * 60_000

/**
 * Notes that somebody reads a customer's data, before anything of it is answered: what cannot be noted
 * is not read.
 */
export const noteView = (
  deps: Pick<Deps, 'supportActivity' | 'now' | 'random'>,
  agent: Agent,
  what: { customerId: string | null; orderId?: string | null },
): Promise<void> =>
  deps.supportActivity.noteView(
    activityOf(deps, agent, 'viewed', what),
    deps.now() - NOTED_AGAIN_MS,
  )
