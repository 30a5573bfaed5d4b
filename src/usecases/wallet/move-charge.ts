import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import type { ChargeState } from '../../domain/wallet/charge.ts'
import type { Deps } from '../deps.ts'
import { newEntryId } from './wallet-provider.ts'

export type MovingDeps = Pick<Deps, 'charges' | 'now' | 'random'>

/** A charge is moved by a browser, a webhook and the cron: more at once there never are. */
const MOST_TRIES = 5

/**
 * Moves a charge by what was decided from its present state; where another was first, it is decided
 * anew. `next` gives null to leave it as it is.
 */
export async function moveCharge(
  deps: MovingDeps,
  found: Versioned<ChargeState>,
  next: (charge: ChargeState) => ChargeState | null,
): Promise<Versioned<ChargeState>> {
  let present = found
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const state = next(present.state)
    if (state === null) return present
    if (await deps.charges.advance({ state, version: present.version }, newEntryId(deps)))
      return { state, version: present.version + 1 }
    const reread = await deps.charges.byId(present.state.id)
    if (reread === null) throw new Error(`charge ${present.state.id} is gone`)
    present = reread
  }
  throw new Error(`charge ${present.state.id} does not stand still`)
}
