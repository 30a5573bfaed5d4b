import { bytesToHex } from '@noble/hashes/utils.js'
import type { PartnerKey } from '../../db/repositories/partner-ports.ts'
import type { Actor } from '../../domain/actor.ts'
import { partnerKeyContext } from '../../domain/outgoing/secret-contexts.ts'
import {
  certificateFits,
  isTimely,
  nonceExpiry,
  readSignature,
  signedText,
  type ReceivedCall,
  type SentSignature,
  type SignatureHeaders,
} from '../../domain/outgoing/signed-call.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { sameText } from '../../domain/same-text.ts'
import type { Deps } from '../deps.ts'
import { countTry } from '../identity/count-try.ts'

export interface SignedCall extends ReceivedCall {
  sent: SentSignature
  network: string
  /** Fingerprint of the client certificate that the edge has verified. */
  certificate: string | null
}

/**
 * The partner that signed the call. Whatever is wrong with it, the answer is the same. Only wrong calls
 * count as tries: somebody else's cannot lock a partner out.
 */
export async function verifySignature(
  deps: Deps,
  call: SignedCall,
): Promise<Result<Actor, Refusal>> {
  const headers = readSignature(call.sent)
  const partnerId = headers && (await signerOf(deps, headers, call))
  if (partnerId !== null)
    return ok({
      role: 'EXTERNAL',
      sessionId: partnerId,
      userId: null,
      memberships: [],
      visit: null,
    })
  const who = headers?.clientId ?? ''
  const tried = await countTry(deps, 'signature', { who, network: call.network })
  return tried.ok ? refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_SIGNATURE' }) : tried
}

async function signerOf(
  deps: Deps,
  headers: SignatureHeaders,
  call: SignedCall,
): Promise<string | null> {
  const now = deps.now()
  if (!isTimely(headers.timestamp, now)) return null
  const partner = await deps.partners.byClientId(headers.clientId)
  if (partner?.disabledAt !== null || !certificateFits(partner, call.certificate)) return null
  const keys = (await deps.partnerKeys.of(partner.id)).filter(
    ({ sealed, endsAt }) => sealed !== '' && (endsAt === null || endsAt > now),
  )
  const text = signedText(headers, call)
  const macs = await Promise.all(keys.map((key) => macOf(deps, key, text)))
  const signed = macs.some(
    (mac) => mac !== null && headers.signatures.some((given) => sameText(given, mac)),
  )
  // Taken last: a nonce is used up by its partner alone.
  const fresh =
    signed &&
    (await deps.partnerNonces.take(partner.id, headers.nonce, nonceExpiry(headers.timestamp)))
  return fresh ? partner.id : null
}

const OPENED_MS = 5_000
const MAX_OPENED = 100
const opened = new Map<string, { key: Promise<CryptoKey | null>; until: number }>()

/** Null where the secret does not open. */
async function macOf(deps: Deps, { id, sealed }: PartnerKey, text: string): Promise<string | null> {
  const name = `${id} ${sealed}`
  const known = opened.get(name)
  if (known === undefined || known.until <= deps.now()) {
    if (opened.size >= MAX_OPENED) opened.clear()
    opened.set(name, { key: openKey(deps, id, sealed), until: deps.now() + OPENED_MS })
  }
  const key = await opened.get(name)?.key
  if (key == null) return null
  return bytesToHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text))))
}

async function openKey(deps: Deps, id: string, sealed: string): Promise<CryptoKey | null> {
  const secret = await deps.secretBox.open(sealed, partnerKeyContext(id))
  if (secret === null) return null
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign'])
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
