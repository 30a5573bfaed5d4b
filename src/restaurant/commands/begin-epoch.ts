import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveRestaurant } from '../restaurant-changes.ts'

/**
 * The object is an older copy of itself: numbers go on in a new epoch, above everything that was
 * said before. An epoch that is there already is left as it is.
 */
export const beginEpoch: CommandModule<'begin-epoch'> = {
  run(cx, { epoch }) {
    if (cx.restaurant().epoch >= epoch) return ok(cx.restaurant())
    cx.store.restaurant.beginEpoch(epoch, cx.store.events.lastSeq())
    return ok(saveRestaurant(cx, cx.restaurant()))
  },
}
