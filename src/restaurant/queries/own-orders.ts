import { stableScope } from '../../domain/actor.ts'
import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** What the asker's account or session ordered here, newest first. */
export const ownOrders: QueryModule<'own-orders'> = (cx, page) =>
  ok(cx.store.orders.ofOwner(stableScope(cx.asker), page))
