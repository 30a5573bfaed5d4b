import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'

/** The object is about to be restored: what stands now is undone, and the mark with it. */
export const markRestore: CommandModule<'mark-restore'> = {
  run(cx, { epoch }) {
    if (cx.restaurant().epoch < epoch) cx.store.restaurant.markRestoring(epoch)
    return ok(null)
  },
}
