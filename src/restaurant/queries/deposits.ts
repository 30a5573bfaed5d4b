import { isStaff } from '../../domain/actor.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** Money that came in on the account, newest first; for those who work here. */
export const deposits: QueryModule<'deposits'> = (cx, { status, limit, beforeId }) =>
  isStaff(cx.asker)
    ? ok(cx.store.payments.deposits(status, limit, beforeId))
    : refuse({ kind: 'NOT_FOUND', what: 'deposits' })
