import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** A refund as it stands, for whoever is about to have it made. */
export const refund: QueryModule<'refund'> = (cx, { refundId }) => {
  const found = cx.asker.role === 'SYSTEM' ? cx.store.payments.refund(refundId) : null
  return found === null ? refuse({ kind: 'NOT_FOUND', what: 'refund' }) : ok(found)
}
