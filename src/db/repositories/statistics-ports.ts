import type { CountedStatistics } from '../../domain/statistics/platform-statistics.ts'

export interface StatisticsWish {
  since: number
  before: number
  /** Null = all of them. */
  restaurantId: string | null
}

/** Figures over the read model of orders, exact for what it holds. */
export interface StatisticsReader {
  /** All counted in one transaction. */
  count(wish: StatisticsWish, now: number): Promise<CountedStatistics>
}
