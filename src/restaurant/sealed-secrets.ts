import type { SealedSecrets, SecretName } from '../domain/restaurant/secrets.ts'
import type { Context } from './context.ts'

/** Those of the names that are kept, as they were sealed. */
export function sealedSecretsOf(cx: Context, names: readonly SecretName[]): SealedSecrets {
  const kept = names.flatMap((name) => {
    const sealed = cx.store.secrets.sealed(name)
    return sealed === null ? [] : [[name, sealed] as const]
  })
  return { restaurantId: cx.restaurant().id, sealed: Object.fromEntries(kept) }
}
