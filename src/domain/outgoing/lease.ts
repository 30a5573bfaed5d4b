/** How long a partner has for what it was handed. */
export const LEASE_MS = 60_000
/** So often an event is handed out without being acknowledged; after that a notice stands for it. */
export const MAX_HANDINGS = 10
/** So often the notice is; after that nobody waits for it any more. */
export const NOTICE_HANDINGS = 3
/** From then on an event goes alone: those behind it are not spent with it. */
export const ALONE_AFTER = 3

/** An event of a lease, as it is with it now. */
export interface LeasedEvent {
  eventId: string
  leaseUntil: number
  /** Neither acknowledged nor given back. */
  open: boolean
}

/** What there is about a lease and the events that its holder names. */
export interface LeaseFacts {
  /** Whatever the lease handed out and no later lease has taken. */
  events: readonly LeasedEvent[]
  /** Of the named events, those that another lease has handed to the same partner. */
  elsewhere: readonly string[]
}

export type LeaseVerdict =
  | { kind: 'HELD'; open: number }
  /** Over, or never the partner's. */
  | { kind: 'EXPIRED' }
  /** Places, in what was named, of events that it never handed out. */
  | { kind: 'UNKNOWN'; at: readonly number[] }

/** Whether the holder of a lease may settle the events that it names. */
export function leaseVerdict(
  { events, elsewhere }: LeaseFacts,
  named: readonly string[],
  now: number,
): LeaseVerdict {
  const until = Math.max(0, ...events.map(({ leaseUntil }) => leaseUntil))
  if (until <= now) return { kind: 'EXPIRED' }
  const own = new Set(events.map(({ eventId }) => eventId))
  const others = named.filter((id) => !own.has(id))
  const at = named.flatMap((id, index) => (others.includes(id) ? [index] : []))
  if (others.some((id) => !elsewhere.includes(id)))
    return { kind: 'UNKNOWN', at: at.filter((index) => !elsewhere.includes(named[index] ?? '')) }
  if (others.length > 0) return { kind: 'EXPIRED' }
  return { kind: 'HELD', open: events.filter(({ open }) => open).length }
}
