import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** Events after a number, oldest first. */
export const eventsAfter: QueryModule<'events-after'> = (cx, { seq, limit }) =>
  ok(cx.store.events.after(cx.restaurant().id, seq, limit))
