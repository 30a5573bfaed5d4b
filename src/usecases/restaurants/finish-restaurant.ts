import type { RegistryEntry } from '../../db/repositories/ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Deps } from '../deps.ts'

/** Sets up the object of a registered restaurant and notes that it stands. Doing it again is harmless. */
export async function finishRestaurant(deps: Deps, entry: RegistryEntry): Promise<void> {
  const { id, settings } = entry
  const outcome = await deps.restaurants(id).execute<'initialize'>({
    command: { type: 'initialize', id, settings },
    asker: SYSTEM,
    idempotency: null,
    traceId: null,
  })
  if (!outcome.ok) throw new Error(`restaurant ${id} was not set up: ${outcome.refusal.kind}`)
  await deps.registry.markInitialized(id, deps.now())
}
