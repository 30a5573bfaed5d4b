interface TlsClientAuth {
  certPresented?: string
  certVerified?: string
  certRevoked?: string
  certFingerprintSHA256?: string
}

const FINGERPRINT = /^[0-9a-f]{64}$/

/**
 * SHA-256 of the client certificate that the edge has verified, in lower-case hex; null without one. A
 * revoked certificate is verified all the same, so both are asked. No header has a say in it.
 */
export function clientCertificateOf(request: Request): string | null {
  const auth = request.cf?.['tlsClientAuth'] as TlsClientAuth | null | undefined
  if (auth?.certPresented !== '1' || auth.certVerified !== 'SUCCESS' || auth.certRevoked !== '0')
    return null
  const fingerprint = (auth.certFingerprintSHA256 ?? '').replaceAll(':', '').toLowerCase()
  return FINGERPRINT.test(fingerprint) ? fingerprint : null
}
