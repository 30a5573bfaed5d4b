import { describe, expect, it } from 'vitest'
import { clientCertificateOf } from '../../src/http/client-certificate.ts'

const FINGERPRINT = '0a'.repeat(32)
const VERIFIED = {
  certPresented: '1',
  certVerified: 'SUCCESS',
  certRevoked: '0',
  certFingerprintSHA256: FINGERPRINT,
}

const from = (cf: object | undefined, headers: Record<string, string> = {}) =>
  clientCertificateOf(
    new Request('https://ordersync.test/', { headers, ...(cf && { cf: cf as CfProperties }) }),
  )
const presenting = (changes: Partial<Record<keyof typeof VERIFIED, string>>) =>
  from({ tlsClientAuth: { ...VERIFIED, ...changes } })

describe('the certificate that a call comes with', () => {
  it('is known by its fingerprint once the edge has verified it', () => {
    expect(presenting({})).toBe(FINGERPRINT)
  })

  it.each([FINGERPRINT.toUpperCase(), '0A:'.repeat(31) + '0A'])('is the same as %s', (written) => {
    expect(presenting({ certFingerprintSHA256: written })).toBe(FINGERPRINT)
  })

  it.each<[string, Parameters<typeof presenting>[0]]>([
    ['was not presented', { certPresented: '0' }],
    ['was presented and not verified', { certVerified: 'NONE' }],
    ['was found to be invalid', { certVerified: 'FAILED:self signed certificate' }],
    ['has expired', { certVerified: 'FAILED:certificate has expired' }],
    // The edge calls it verified all the same.
    ['was revoked', { certRevoked: '1' }],
    ['is not said to be unrevoked', { certRevoked: '' }],
    ['has no fingerprint', { certFingerprintSHA256: '' }],
    ['has another fingerprint than SHA-256', { certFingerprintSHA256: '0a'.repeat(20) }],
  ])('counts for nothing where it %s', (_, changes) => {
    expect(presenting(changes)).toBeNull()
  })

  it.each([[undefined], [{}], [{ tlsClientAuth: null }], [{ tlsClientAuth: {} }]])(
    'is none where the edge says %o',
    (cf) => {
      expect(from(cf)).toBeNull()
    },
  )

  it('is never taken from a header', () => {
    const headers = {
      'cf-client-cert-sha256': FINGERPRINT,
      'cf-cert-verified': 'true',
      'cf-cert-presented': 'true',
      'x-client-cert': FINGERPRINT,
    }
    expect(from({ tlsClientAuth: { ...VERIFIED, certPresented: '0' } }, headers)).toBeNull()
    expect(from(undefined, headers)).toBeNull()
  })
})
