import { HOUR_MS, POPULAR_HOURS } from '../../domain/popularity/window.ts'
import type { Deps } from '../deps.ts'

/** A day longer than the longest window: sums that are older are forgotten. */
const KEPT_HOURS = POPULAR_HOURS + 24
const HOURS_PER_BITE = 500
const MAX_BITES = 10

/** Sums again the hours whose orders have changed. Until then boards count them row by row. */
export async function sumHours({
  popularity,
  now,
}: Pick<Deps, 'popularity' | 'now'>): Promise<number> {
  const fromHour = Math.floor(now() / HOUR_MS) - KEPT_HOURS
  let summed = 0
  for (let bite = 0; bite < MAX_BITES; bite += 1) {
    const hours = await popularity.sumTouched(fromHour, HOURS_PER_BITE)
    summed += hours
    if (hours < HOURS_PER_BITE) break
  }
  return summed
}
