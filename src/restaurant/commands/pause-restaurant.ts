import { pause } from '../../domain/restaurant/pause.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveRestaurant } from '../restaurant-changes.ts'

/** Staff stop taking orders, for a while or until they resume. Orders that stand go on. */
export const pauseRestaurant: CommandModule<'pause-restaurant'> = {
  run(cx, { until }) {
    const before = cx.restaurant()
    const paused = pause(before, until, 'STAFF', cx.now)
    if (!paused.ok) return paused
    const { pausedUntil, pauseReason } = before
    if (before.paused && pausedUntil === until && pauseReason === 'STAFF') return ok(before)
    return ok(saveRestaurant(cx, paused.value))
  },
}
