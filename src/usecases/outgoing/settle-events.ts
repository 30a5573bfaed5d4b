import { leaseVerdict, type LeaseFacts } from '../../domain/outgoing/lease.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

type FeedDeps = Pick<Deps, 'feed' | 'now'>

export interface Settled {
  leaseId: string
  /** Events of the lease that are neither acknowledged nor given back. */
  open: number
}

interface Settling {
  partnerId: string
  leaseId: string
  eventIds: readonly string[]
}

/** The partner has dealt with the events. Doing it again changes nothing. */
export async function acknowledgeEvents(
  deps: FeedDeps,
  settling: Settling,
): Promise<Result<Settled, Refusal>> {
  const now = deps.now()
  return verdictOf(await deps.feed.ack({ ...settling, now }), settling, now)
}

/** The partner could not deal with the events: they come again, after a while. */
export async function giveEventsBack(
  deps: FeedDeps,
  settling: Settling,
  delaySeconds: number,
): Promise<Result<Settled, Refusal>> {
  const now = deps.now()
  const facts = await deps.feed.giveBack({ ...settling, now }, now + delaySeconds * 1_000)
  return verdictOf(facts, settling, now)
}

function verdictOf(
  facts: LeaseFacts,
  { leaseId, eventIds }: Settling,
  now: number,
): Result<Settled, Refusal> {
  const verdict = leaseVerdict(facts, eventIds, now)
  switch (verdict.kind) {
    case 'HELD':
      return ok({ leaseId, open: verdict.open })
    case 'EXPIRED':
      return refuse({ kind: 'LEASE_EXPIRED' })
    case 'UNKNOWN': {
      const errors = verdict.at.map((at) => ({ field: `event_ids.${at}`, reason: 'unknown_event' }))
      return refuse({ kind: 'INVALID', errors })
    }
  }
}
