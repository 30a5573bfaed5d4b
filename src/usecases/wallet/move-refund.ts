import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import type { PointsRefund } from '../../domain/wallet/points-refund.ts'
import type { Deps } from '../deps.ts'

const MOST_TRIES = 5

/** Moves a refund of points from its present state; null when `next` leaves it as it is. */
export async function moveRefund(
  deps: Pick<Deps, 'pointsRefunds'>,
  found: Versioned<PointsRefund>,
  next: (refund: PointsRefund) => PointsRefund | null,
  /** Written with the move. */
  audit: AuditEntry | null = null,
): Promise<Versioned<PointsRefund> | null> {
  let present = found
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const state = next(present.state)
    if (state === null) return null
    if (await deps.pointsRefunds.advance({ state, version: present.version }, audit))
      return { state, version: present.version + 1 }
    const reread = await deps.pointsRefunds.byId(present.state.id)
    if (reread === null) throw new Error(`refund ${present.state.id} is gone`)
    present = reread
  }
  throw new Error(`refund ${present.state.id} does not stand still`)
}
