import type { PartnerKey } from '../../db/repositories/partner-ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import { partnerKeyContext } from '../../domain/outgoing/secret-contexts.ts'
import type { Deps } from '../deps.ts'
import { digestOf, randomSecret } from '../identity/refresh-secret.ts'

const HINT_LENGTH = 4

/** A new secret for the partner, with the key that is kept of it; nothing is stored yet. */
export async function newPartnerKey(
  deps: Pick<Deps, 'random' | 'secretBox' | 'now'>,
  partnerId: string,
): Promise<{ key: PartnerKey; clientSecret: string }> {
  const id = mintAccountId(deps.random)
  const clientSecret = randomSecret(deps.random)
  const [digest, sealed] = await Promise.all([
    digestOf(clientSecret),
    deps.secretBox.seal(clientSecret, partnerKeyContext(id)),
  ])
  const hint = `…${clientSecret.slice(-HINT_LENGTH)}`
  const key = { id, partnerId, digest, sealed, hint, createdAt: deps.now(), endsAt: null }
  return { key, clientSecret }
}
