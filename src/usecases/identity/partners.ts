import type { Partner } from '../../db/repositories/partner-ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import { certificateFits } from '../../domain/outgoing/signed-call.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { sameText } from '../../domain/same-text.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { countTry } from './count-try.ts'
import { newPartnerKey } from '../partners/new-key.ts'
import { noteChange, type By } from '../partners/note-change.ts'
import { digestOf } from './refresh-secret.ts'

/** A partner system may ask for tokens and sign from now on. Its secret is told here and never again. */
export async function createPartner(
  deps: Deps,
  wanted: Pick<Partner, 'name' | 'certFingerprint'>,
  by: By,
): Promise<{ partner: Partner; clientSecret: string }> {
  const id = mintAccountId(deps.random)
  const { key, clientSecret } = await newPartnerKey(deps, id)
  const partner: Partner = {
    ...wanted,
    id,
    clientId: mintAccountId(deps.random),
    secretDigest: key.digest,
    createdAt: key.createdAt,
    disabledAt: null,
  }
  const audit = auditOf(deps, by, { action: 'partner-added', subject: 'partner', subjectId: id })
  await deps.partners.insert(partner, key, audit)
  noteChange(deps, 'partner-added', { partnerId: id }, by)
  return { partner, clientSecret }
}

/** Ends a partner's access: tokens, signatures, leases and pushes, from the next request on. */
export async function disablePartner(
  deps: Deps,
  id: string,
  by: By,
): Promise<Result<Partner, Refusal>> {
  const what = { action: 'partner-disabled', subject: 'partner', subjectId: id } as const
  const partner = await deps.partners.disable(id, deps.now(), auditOf(deps, by, what))
  if (partner === null) return refuse({ kind: 'NOT_FOUND', what: 'partner' })
  noteChange(deps, 'partner-disabled', { partnerId: id }, by)
  return ok(partner)
}

export interface ClientCredentials {
  clientId: string
  clientSecret: string
  network: string
  /** Fingerprint of the client certificate that the edge has verified. */
  certificate: string | null
}

/** A partner's access token (RFC 6749 §4.4). No refresh token: the secret is at hand. */
export async function issuePartnerToken(
  deps: Deps,
  { clientId, clientSecret, network, certificate }: ClientCredentials,
): Promise<Result<{ accessToken: string; expiresInSeconds: number }, Refusal>> {
  const tried = await countTry(deps, 'client', { who: clientId, network })
  if (!tried.ok) return tried
  const partner = await deps.partners.byClientId(clientId)
  const given = await digestOf(clientSecret)
  // Asked for an unknown partner too: the answer takes as long.
  const keys = await deps.partnerKeys.of(partner?.id ?? clientId)
  const matches = keys.filter(
    ({ digest, endsAt }) => sameText(given, digest) && (endsAt === null || endsAt > deps.now()),
  )
  const fits = partner !== null && certificateFits(partner, certificate)
  if (partner?.disabledAt !== null || matches.length === 0 || !fits)
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'WRONG_CLIENT' })
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
