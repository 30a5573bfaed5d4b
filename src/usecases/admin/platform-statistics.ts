import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { CountedStatistics } from '../../domain/statistics/platform-statistics.ts'
import { windowOfDays, type StatisticsWindow } from '../../domain/statistics/window.ts'
import type { Deps } from '../deps.ts'

export interface StatisticsQuestion {
  /** Days by the platform's clocks; null = left out. */
  from: string | null
  to: string | null
  restaurantId: string | null
}

export interface AnsweredStatistics {
  window: StatisticsWindow
  restaurantId: string | null
  counted: CountedStatistics
}

/** What the platform, or one restaurant, came to on some days. */
export async function platformStatistics(
  deps: Pick<Deps, 'platformSettings' | 'statistics' | 'now'>,
  { from, to, restaurantId }: StatisticsQuestion,
): Promise<Result<AnsweredStatistics, Refusal>> {
  const now = deps.now()
  const { timezone } = await deps.platformSettings.read()
  const window = windowOfDays({ from, to }, timezone, now)
  if (!window.ok) return refuse({ kind: 'INVALID', errors: window.refusal })
  const { since, before } = window.value
  const counted = await deps.statistics.count({ since, before, restaurantId }, now)
  return ok({ window: window.value, restaurantId, counted })
}
