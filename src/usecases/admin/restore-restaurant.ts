import { SYSTEM } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { refuse, type Result } from '../../domain/result.ts'
import { auditOf, type Acting } from './audit.ts'
import { finishEpoch, type EpochBegun, type EpochDeps } from './begin-epoch.ts'
import { commandId, type KeyedCommand } from './command-id.ts'

const MINUTE_MS = 60_000
/** So long the platform keeps what an object was. */
const KEPT_MS = 30 * 24 * 60 * MINUTE_MS

const OUT_OF_RANGE: Refusal = { kind: 'INVALID', errors: [{ field: 'at', reason: 'out_of_range' }] }

/**
 * Puts a restaurant back to what it was at a moment (ms), and begins an epoch for it. Noted before
 * anything happens: what is cut is finished by the cron, and nothing is put back twice.
 */
export async function restoreRestaurant(
  deps: EpochDeps,
  asked: {
    restaurantId: string
    at: number
    reason: string
    by: Acting
    command: KeyedCommand | null
  },
): Promise<Result<EpochBegun, Refusal>> {
  const { restaurantId, at, reason, by } = asked
  const object = deps.restaurants(restaurantId)
  const own = await object.query<'own-restaurant'>({
    query: { type: 'own-restaurant' },
    asker: SYSTEM,
  })
  if (!own.ok) return own
  const { id: knownAs, epoch, createdAt } = own.value.restaurant
  if (knownAs !== restaurantId) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
  const now = deps.now()
  // The mark of the restore has to be younger than what it goes back to.
  if (at <= createdAt || at < now - KEPT_MS || at > now - MINUTE_MS) return refuse(OUT_OF_RANGE)
  if (!(await object.canRestore(at))) return refuse({ kind: 'NOT_SUPPORTED_HERE' })

  const id = await commandId(deps, `restore\n${restaurantId}`, asked.command)
  const noted = { id, restaurantId, reason, askedBy: by.userId ?? '', askedAt: now, restoreTo: at }
  const audit = auditOf(deps, by, {
    ...{ action: 'restaurant-put-back', subject: 'restaurant', subjectId: restaurantId },
    ...{ restaurantId, reason, changes: { to: { from: now, to: at } } },
  })
  const standing = await deps.restores.noteEpoch(noted, epoch, audit)
  if (standing.id === id) return finishEpoch(deps, standing)
  // An earlier one was cut, and would be taken for this.
  const earlier = await finishEpoch(deps, standing)
  if (!earlier.ok) return earlier
  return finishEpoch(deps, await deps.restores.noteEpoch(noted, standing.epoch, audit))
}
