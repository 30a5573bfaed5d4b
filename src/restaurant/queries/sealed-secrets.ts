import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'
import { sealedSecretsOf } from '../sealed-secrets.ts'

/** Secrets as they were sealed, for the Worker's own calls; nobody who came through a route gets even that. */
export const sealedSecrets: QueryModule<'sealed-secrets'> = (cx, { names }) =>
  cx.asker.role === 'SYSTEM'
    ? ok(sealedSecretsOf(cx, names))
    : refuse({ kind: 'NOT_FOUND', what: 'secret' })
