import type { QueryType } from '../../domain/queries.ts'
import type { QueryModule } from '../query-module.ts'
import { board } from './board.ts'
import { eventsAfter } from './events-after.ts'
import { order } from './order.ts'
import { ownOrders } from './own-orders.ts'
import { rebuildPage } from './rebuild-page.ts'

/** Question → module; the compiler holds the table complete. */
export const QUERIES: { [T in QueryType]: QueryModule<T> } = {
  order,
  'own-orders': ownOrders,
  board,
  'events-after': eventsAfter,
  'rebuild-page': rebuildPage,
}
