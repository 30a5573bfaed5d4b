import type { RebuildRun } from '../../db/repositories/ports.ts'
import type { RestaurantEpoch } from '../../db/repositories/restore-ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { commandId, type KeyedCommand } from './command-id.ts'
import { startRebuild } from './start-rebuild.ts'

export type EpochDeps = Pick<
  Deps,
  'restores' | 'restaurants' | 'rebuilds' | 'send' | 'now' | 'random' | 'log'
>

/** An epoch that has begun, and the rebuilds that mend what is beside the object. */
export interface EpochBegun {
  restaurantId: string
  epoch: number
  rebuilds: readonly RebuildRun[]
}

/**
 * After a restore of a restaurant's object: its numbers go on in a new epoch, and everything that is
 * copied of it is rebuilt. Noted before the object is told; the cron finishes what was cut.
 */
export async function beginEpoch(
  deps: EpochDeps,
  asked: { restaurantId: string; reason: string; by: string; command: KeyedCommand | null },
): Promise<Result<EpochBegun, Refusal>> {
  const { restaurantId, reason, by } = asked
  const own = await deps.restaurants(restaurantId).query<'own-restaurant'>({
    query: { type: 'own-restaurant' },
    asker: SYSTEM,
  })
  if (!own.ok) return own
  const { id: knownAs, epoch } = own.value.restaurant
  if (knownAs !== restaurantId) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
  const id = await commandId(deps, `epoch\n${restaurantId}`, asked.command)
  const noted = { id, restaurantId, reason, askedBy: by, askedAt: deps.now() }
  return finishEpoch(deps, await deps.restores.noteEpoch(noted, epoch))
}

/** Everything after the note; each step may be repeated. */
export async function finishEpoch(
  deps: EpochDeps,
  { id, restaurantId, epoch }: RestaurantEpoch,
): Promise<Result<EpochBegun, Refusal>> {
  const begun = await deps.restaurants(restaurantId).execute<'begin-epoch'>({
    command: { type: 'begin-epoch', epoch },
    asker: SYSTEM,
    idempotency: null,
    traceId: null,
  })
  if (!begun.ok) return begun
  const rebuild = (projection: 'all' | 'feed') =>
    startRebuild(deps, projection, { scope: id, key: projection }, restaurantId)
  const rebuilds = [await rebuild('all'), await rebuild('feed')]
  const { epochStart = 0 } = begun.value
  await deps.restores.epochBegun(id, epochStart, deps.now())
  deps.log({ level: 'warn', kind: 'epoch-begun', restaurantId, epoch, epochStart })
  return ok({ restaurantId, epoch, rebuilds })
}
