import { markBusy as decide } from '../../domain/restaurant/pause.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveRestaurant } from '../restaurant-changes.ts'

/** The kitchen takes longer than usual: guests see it on the menu before they order. */
export const markBusy: CommandModule<'mark-busy'> = {
  run(cx, { delayMinutes, until }) {
    const before = cx.restaurant()
    const busy = decide(before, { delayMinutes, until }, cx.now)
    if (!busy.ok) return busy
    const next = busy.value.busy
    const same =
      next?.delayMinutes === before.busy?.delayMinutes && next?.until === before.busy?.until
    return ok(same ? before : saveRestaurant(cx, busy.value))
  },
}
