import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** Every table, by name. */
export const tables: QueryModule<'tables'> = (cx) => ok(cx.store.tables.all())
