import type { DomainEvent } from '../../domain/events.ts'
import type { Report } from '../../domain/jobs.ts'
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

type Span = Omit<Extract<Report, { kind: 'published' }>, 'kind'>

/** The numbers in stretches without a gap; repeats count once. */
export function spansOf(events: readonly Pick<DomainEvent, 'epoch' | 'seq'>[]): Span[] {
  const spans: Span[] = []
  for (const { epoch, seq } of events.toSorted((a, b) => a.epoch - b.epoch || a.seq - b.seq)) {
    const last = spans.at(-1)
    if (last?.epoch === epoch && seq <= last.toSeq + 1) last.toSeq = seq
    else spans.push({ epoch, fromSeq: seq, toSeq: seq })
  }
  return spans
}
