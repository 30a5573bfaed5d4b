import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The settings as they stand. */
export const restaurant: QueryModule<'restaurant'> = (cx) => ok(cx.restaurant())
