import type { DomainEvent } from '../../domain/events.ts'
import { spansOf } from '../../domain/outgoing/spans.ts'
import type { Deps } from '../deps.ts'

export type PublishDeps = Pick<Deps, 'projector' | 'restaurants' | 'now'>

/**
 * Writes one restaurant's events into the read model, then tells its object which numbers arrived.
 * Throws when either failed: what is not confirmed comes again.
 */
export async function publishEvents(
  deps: PublishDeps,
  restaurantId: string,
  events: readonly DomainEvent[],
): Promise<void> {
  await deps.projector.project(events, deps.now())
  await confirmEvents(deps, restaurantId, events)
}

/** Tells a restaurant's object that the read model has these. */
export async function confirmEvents(
  deps: Pick<Deps, 'restaurants'>,
  restaurantId: string,
  events: readonly Pick<DomainEvent, 'epoch' | 'seq'>[],
): Promise<void> {
  const object = deps.restaurants(restaurantId)
  for (const span of spansOf(events)) await object.report({ kind: 'published', ...span })
}
