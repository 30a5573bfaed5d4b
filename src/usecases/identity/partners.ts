import type { Partner } from '../../db/repositories/ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { sameText } from '../../domain/same-text.ts'
import type { Deps } from '../deps.ts'
import { countTry } from './count-try.ts'
import { digestOf, randomSecret } from './refresh-secret.ts'

/** A partner system may ask for tokens from now on. Its secret is told here and never again. */
export async function createPartner(
  deps: Deps,
  name: string,
): Promise<{ partner: Partner; clientSecret: string }> {
  const clientSecret = randomSecret(deps.random)
  const partner: Partner = {
    id: mintAccountId(deps.random),
    name,
    clientId: mintAccountId(deps.random),
    secretDigest: await digestOf(clientSecret),
    createdAt: deps.now(),
    disabledAt: null,
  }
  await deps.partners.insert(partner)
  return { partner, clientSecret }
}

/** Ends a partner's access: its tokens are refused from the next request on. */
export async function disablePartner(deps: Deps, id: string): Promise<Result<Partner, Refusal>> {
  const partner = await deps.partners.disable(id, deps.now())
  return partner === null ? refuse({ kind: 'NOT_FOUND', what: 'partner' }) : ok(partner)
}

export interface ClientCredentials {
  clientId: string
  clientSecret: string
  network: string
}

/** A partner's access token (RFC 6749 §4.4). No refresh token: the secret is at hand. */
export async function issuePartnerToken(
  deps: Deps,
  { clientId, clientSecret, network }: ClientCredentials,
): Promise<Result<{ accessToken: string; expiresInSeconds: number }, Refusal>> {
  const tried = await countTry(deps, 'client', { who: clientId, network })
  if (!tried.ok) return tried
  const partner = await deps.partners.byClientId(clientId)
  const matches = sameText(await digestOf(clientSecret), partner?.secretDigest ?? '')
  if (partner?.disabledAt !== null || !matches)
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' })
  await tried.value.succeeded()
  const { accessTtlSeconds: ttlSeconds } = deps.settings
  const actor = {
    role: 'EXTERNAL',
    sessionId: partner.id,
    userId: null,
    memberships: [],
    visit: null,
  } as const
  const accessToken = await deps.tokens.issue('access', actor, {
    id: mintAccountId(deps.random),
    issuedAt: deps.now(),
    ttlSeconds,
  })
  return ok({ accessToken, expiresInSeconds: ttlSeconds })
}
