import { createCounters } from '../domain/limits/counters.ts'
import type { CallLimits, LimitClass } from '../domain/limits/call-limits.ts'

/** Cloudflare's limiter binding: counts by location, shared by all isolates there; says yes or no. */
export interface EdgeLimit {
  limit(wanted: { key: string }): Promise<{ success: boolean }>
}

export interface CallLimiter {
  /** Counts a call of that caller; null, or in how many seconds the next will be let through. */
  take(of: LimitClass, caller: string, now: number): Promise<number | null> | number | null
}

const MOST_CALLERS = 20_000
/** The binding does not say when: after its whole period it lets a quiet caller through. */
const EDGE_PERIOD_SECONDS = 60

/**
 * Counts in this isolate, exactly, and where there is a binding at this location too. `troubled` hears
 * of a binding that fails; a limiter that is down keeps nobody out.
 */
export function createCallLimiter(
  limits: CallLimits,
  atEdge: Partial<Record<LimitClass, EdgeLimit>> = {},
  troubled: (error: unknown) => void = () => undefined,
): CallLimiter {
  const counters = createCounters(MOST_CALLERS)
  async function askEdge(edge: EdgeLimit, key: string): Promise<number | null> {
    try {
      return (await edge.limit({ key })).success ? null : EDGE_PERIOD_SECONDS
    } catch (error) {
      troubled(error)
      return null
    }
  }
  return {
    take(of, caller, now) {
      const waitMs = counters.take(`${of} ${caller}`, limits[of], now)
      if (waitMs !== null) return waitMs / 1_000
      const edge = atEdge[of]
      return edge ? askEdge(edge, caller) : null
    },
  }
}
