import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** Secrets as they were sealed, for the Worker's own calls; nobody who came through a route gets even that. */
export const sealedSecrets: QueryModule<'sealed-secrets'> = (cx, { names }) => {
  if (cx.asker.role !== 'SYSTEM') return refuse({ kind: 'NOT_FOUND', what: 'secret' })
  const kept = names.flatMap((name) => {
    const sealed = cx.store.secrets.sealed(name)
    return sealed === null ? [] : [[name, sealed] as const]
  })
  return ok({ restaurantId: cx.restaurant().id, sealed: Object.fromEntries(kept) })
}
