import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { SupportAction, SupportActivity } from '../../domain/support/refund-request.ts'
import type { Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'

/** Somebody of support or administration, with an account. */
export type Agent = Acting & { userId: string }

/** What is done with whose data; `details` holds numbers and names of fields, never what they say. */
interface Done {
  customerId?: string | null
  orderId?: string | null
  reason?: string | null
  details?: SupportActivity['details']
}

/** The line that says who looked at what of whom. */
export function activityOf(
  deps: Pick<Deps, 'now' | 'random'>,
  { userId: actorId, role: actorRole, traceId }: Agent,
  action: SupportAction,
  { customerId = null, orderId = null, reason = null, details = {} }: Done,
): SupportActivity {
  const at = deps.now()
  const id = mintTimedId(PLATFORM_KEY, at, deps.random)
  return { id, at, actorId, actorRole, action, customerId, orderId, reason, details, traceId }
}
