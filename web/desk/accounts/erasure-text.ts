import type { Erasure } from '../administration/types.ts'

export const BLOCKERS = [
  'OPEN_ORDERS',
  'REFUND_DUE',
  'REFUND_REQUESTED',
  'POINTS_LEFT',
  'POINTS_ON_THE_WAY',
  'LAST_OWNER',
  'LAST_ADMIN',
] as const
export type Blocker = (typeof BLOCKERS)[number]

/** What stands in the way, as a refusal names it. */
export const blockersOf = (details: Readonly<Record<string, unknown>>): Blocker[] => {
  const named: readonly unknown[] = Array.isArray(details.blockers) ? details.blockers : []
  return BLOCKERS.filter((one) => named.includes(one))
}

type Progress = Pick<Erasure, 'restaurants' | 'restaurants_done' | 'done_at'>

/** How far it is: restaurant by restaurant, then the second look, then over. */
export const stageOf = ({
  restaurants,
  restaurants_done: done,
  done_at: at,
}: Progress): 'restaurants' | 'last-look' | 'done' =>
  at !== null ? 'done' : done < restaurants ? 'restaurants' : 'last-look'
