import { resume } from '../../domain/restaurant/pause.ts'
import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { saveRestaurant } from '../restaurant-changes.ts'

/** Orders are taken again, within the hours. */
export const resumeRestaurant: CommandModule<'resume-restaurant'> = {
  run(cx) {
    const before = cx.restaurant()
    return ok(before.paused ? saveRestaurant(cx, resume(before)) : before)
  },
}
