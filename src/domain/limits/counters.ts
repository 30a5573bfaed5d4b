const SLOT_MS = 1_000
/** A call counts for as many whole slots after its own: never less than a minute. */
const SLOTS = 60

interface Counter {
  /** Calls by slot, oldest first; a caller has at most a slot a second. */
  slots: { at: number; calls: number }[]
  total: number
}

export interface Counters {
  /** Counts a call, or says in how many ms the next will be let through. Refused calls do not count. */
  take(caller: string, limit: number, now: number): number | null
}

/**
 * Calls of the last minute by caller, in memory: no span of 60 s ever holds more than the limit. Past
 * `mostCallers` the caller who was quiet longest is forgotten.
 */
export function createCounters(mostCallers: number): Counters {
  const counters = new Map<string, Counter>()

  function counterOf(caller: string): Counter {
    const counter = counters.get(caller) ?? { slots: [], total: 0 }
    // Last in the map is who called last.
    counters.delete(caller)
    counters.set(caller, counter)
    const [quietest] = counters.keys()
    if (counters.size > mostCallers && quietest !== undefined) counters.delete(quietest)
    return counter
  }

  return {
    take(caller, limit, now) {
      const slot = Math.floor(now / SLOT_MS)
      const counter = counterOf(caller)
      forget(counter, slot)
      const [oldest] = counter.slots
      if (oldest && counter.total >= limit) return (oldest.at + SLOTS + 1) * SLOT_MS - now
      const newest = counter.slots.at(-1)
      if (newest?.at === slot) newest.calls += 1
      else counter.slots.push({ at: slot, calls: 1 })
      counter.total += 1
      return null
    },
  }
}

/** Drops what is over, and what is yet to come on a clock that was set back. */
function forget(counter: Counter, slot: number): void {
  const over = ({ at }: { at: number }) => at < slot - SLOTS || at > slot
  while (counter.slots[0] && over(counter.slots[0])) {
    counter.total -= counter.slots[0].calls
    counter.slots.shift()
  }
}
