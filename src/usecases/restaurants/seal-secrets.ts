import type { FieldError, Refusal } from '../../domain/refusal.ts'
import {
  hintOf,
  SECRET_OF_SINK,
  SINKS,
  type SecretChange,
  type SecretName,
} from '../../domain/restaurant/secrets.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/** A secret as its owner sent it; null takes it away. `field` is where the body had it. */
export interface GivenSecret {
  name: SecretName
  field: string
  value: string | null
}

/** Whose and what a sealed secret is; sealed for one it opens for no other. */
export const secretContext = (restaurantId: string, name: SecretName): string =>
  `${restaurantId}/${name}`

/** Refuses addresses that are not their service's, before anything is stored. */
export function checkSecrets(
  { notifiers }: Pick<Deps, 'notifiers'>,
  given: readonly GivenSecret[],
): FieldError[] {
  return given.flatMap(({ name, field, value }) => {
    const sink = SINKS.find((other) => SECRET_OF_SINK[other] === name)
    const fits = value === null || sink === undefined || notifiers[sink].accepts(value)
    return fits ? [] : [{ field, reason: 'not_an_address_of_the_service' }]
  })
}

/** Seals them for the object, which only ever sees them so. */
export async function sealSecrets(
  deps: Pick<Deps, 'notifiers' | 'secretBox'>,
  restaurantId: string,
  given: readonly GivenSecret[],
): Promise<Result<readonly SecretChange[], Refusal>> {
  const errors = checkSecrets(deps, given)
  if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
  return ok(
    await Promise.all(
      given.map(async ({ name, value }): Promise<SecretChange> => {
        if (value === null) return { name, sealed: null }
        const sealed = await deps.secretBox.seal(value, secretContext(restaurantId, name))
        return { name, sealed, hint: hintOf(name, value) }
      }),
    ),
  )
}
