import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** A secret as it was sealed, for jobs; nobody who came through a route gets even that. */
export const sealedSecret: QueryModule<'sealed-secret'> = (cx, { name }) =>
  cx.asker.role === 'SYSTEM'
    ? ok(cx.store.secrets.sealed(name))
    : refuse({ kind: 'NOT_FOUND', what: 'secret' })
