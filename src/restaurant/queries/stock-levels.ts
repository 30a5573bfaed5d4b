import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** What there is of every item on the menu; null where it is not counted. */
export const stockLevels: QueryModule<'stock-levels'> = (cx) =>
  ok(cx.store.menu.items().map(({ id, name, stock }) => ({ itemId: id, name, stock })))
