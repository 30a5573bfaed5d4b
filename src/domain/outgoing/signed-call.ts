/** A clock may be so far from ours. */
export const MAX_SKEW_SECONDS = 300
/** More signatures in one call are not looked at. */
const MAX_SIGNATURES = 4

/** What a signed call says about itself. */
export interface SignatureHeaders {
  clientId: string
  /** Unix seconds, as sent. */
  timestamp: string
  nonce: string
  /** Hex, in lower case. */
  signatures: readonly string[]
}

/** The headers of a signed call as they came; null = not sent. */
export interface SentSignature {
  clientId: string | null
  timestamp: string | null
  nonce: string | null
  signature: string | null
}

const TIMESTAMP = /^\d{1,12}$/
const NONCE = /^[\w-]{8,64}$/
const SIGNATURE = /^v1=([0-9a-f]{64})$/i

/** Null where anything is missing or not of its form. Signatures of other versions are passed over. */
export function readSignature(sent: SentSignature): SignatureHeaders | null {
  const { clientId, timestamp, nonce, signature } = sent
  if (clientId === null || timestamp === null || nonce === null || signature === null) return null
  if (clientId === '' || clientId.length > 200) return null
  if (!TIMESTAMP.test(timestamp) || !NONCE.test(nonce)) return null
  const signatures = signature
    .split(/[\s,]+/)
    .flatMap((part) => SIGNATURE.exec(part)?.[1]?.toLowerCase() ?? [])
  if (signatures.length === 0) return null
  return { clientId, timestamp, nonce, signatures: signatures.slice(0, MAX_SIGNATURES) }
}

/** A call as it was received. */
export interface ReceivedCall {
  method: string
  /** Path and query as they were called: `/api/v1/integrations/events/pull?max=10`. */
  target: string
  /** SHA-256 of the body in hex; of nothing where there is none. */
  bodyDigest: string
}

/** The text that a partner signs. */
export const signedText = (
  { timestamp, nonce }: Pick<SignatureHeaders, 'timestamp' | 'nonce'>,
  { method, target, bodyDigest }: ReceivedCall,
): string => [timestamp, nonce, method.toUpperCase(), target, bodyDigest].join('\n')

export const isTimely = (timestamp: string, now: number): boolean =>
  Math.abs(Number(timestamp) - now / 1_000) <= MAX_SKEW_SECONDS

/** When a nonce may be forgotten: its time stamp is refused by then. */
export const nonceExpiry = (timestamp: string): number =>
  (Number(timestamp) + MAX_SKEW_SECONDS + 1) * 1_000

/** Whether a call comes with the certificate that its partner is bound to, if it is bound to one. */
export const certificateFits = (
  partner: { certFingerprint: string | null },
  presented: string | null,
): boolean => partner.certFingerprint === null || partner.certFingerprint === presented
