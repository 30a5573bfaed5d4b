import type { RebuildRun } from '../../db/repositories/ports.ts'
import type { RestaurantEpoch } from '../../db/repositories/restore-ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'
import { commandId, type KeyedCommand } from './command-id.ts'
import { startRebuild } from './start-rebuild.ts'

export type EpochDeps = Pick<
  Deps,
  'restores' | 'restaurants' | 'rebuilds' | 'erasures' | 'send' | 'now' | 'random' | 'log'
>

const AS_SYSTEM = { asker: SYSTEM, idempotency: null, traceId: null } as const

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
  asked: { restaurantId: string; reason: string; by: Acting; command: KeyedCommand | null },
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
  const askedBy = by.userId ?? ''
  const noted = { id, restaurantId, reason, askedBy, askedAt: deps.now(), restoreTo: null }
  const audit = auditOf(deps, by, {
    ...{
      action: 'epoch-asked',
      subject: 'restaurant',
      subjectId: restaurantId,
      restaurantId,
      reason,
    },
  })
  return finishEpoch(deps, await deps.restores.noteEpoch(noted, epoch, audit))
}

/** Everything after the note; each step may be repeated. */
export async function finishEpoch(
  deps: EpochDeps,
  noted: RestaurantEpoch,
): Promise<Result<EpochBegun, Refusal>> {
  const { id, restaurantId, epoch } = noted
  const putBack = await goBack(deps, noted)
  if (!putBack.ok) return putBack
  const command = { type: 'begin-epoch', epoch } as const
  const begun = await deps.restaurants(restaurantId).execute({ ...AS_SYSTEM, command })
  if (!begun.ok) return begun
  const rebuild = (projection: 'all' | 'feed') =>
    startRebuild(deps, projection, { scope: id, key: projection }, { restaurantId })
  const rebuilds = [await rebuild('all'), await rebuild('feed')]
  const { epochStart = 0 } = begun.value
  // What it forgot since then it knows again.
  await deps.erasures.reopenAt(restaurantId)
  await deps.restores.epochBegun(id, epochStart, deps.now())
  deps.log({ level: 'warn', kind: 'epoch-begun', restaurantId, epoch, epochStart })
  return ok({ restaurantId, epoch, rebuilds })
}

/**
 * The mark is in the object before D1 says so, and D1 says so before the object goes back: whoever
 * finds no mark behind that note finds a restored object.
 */
async function goBack(
  deps: EpochDeps,
  { id, restaurantId, epoch, restoreTo, markedAt, begunAt }: RestaurantEpoch,
): Promise<Result<null, Refusal>> {
  if (restoreTo === null || begunAt !== null) return ok(null)
  const object = deps.restaurants(restaurantId)
  if (markedAt === null) {
    const command = { type: 'mark-restore', epoch } as const
    const marked = await object.execute({ ...AS_SYSTEM, command })
    if (!marked.ok) return marked
    await deps.restores.epochMarked(id, deps.now())
  }
  await object.restore(epoch, restoreTo)
  return ok(null)
}
