import { describe, expect, it } from 'vitest'
import {
  certificateFits,
  isTimely,
  nonceExpiry,
  readSignature,
  signedText,
} from '../../../src/domain/outgoing/signed-call.ts'

const HEX = 'ab'.repeat(32)
const SENT = { clientId: 'c', timestamp: '1795143600', nonce: 'nonce-01', signature: `v1=${HEX}` }

describe('the headers of a signed call', () => {
  it('are read where all are there', () => {
    expect(readSignature(SENT)).toEqual({
      clientId: 'c',
      timestamp: '1795143600',
      nonce: 'nonce-01',
      signatures: [HEX],
    })
  })

  it.each<[string, Partial<Record<keyof typeof SENT, string | null>>]>([
    ['no client', { clientId: null }],
    ['an empty client', { clientId: '' }],
    ['no time stamp', { timestamp: null }],
    ['a time stamp that is no number', { timestamp: '2026-11-20' }],
    ['no nonce', { nonce: null }],
    ['a nonce of 7', { nonce: 'a'.repeat(7) }],
    ['a nonce of 65', { nonce: 'a'.repeat(65) }],
    ['a nonce with a line break', { nonce: 'nonce\n0001' }],
    ['no signature', { signature: null }],
    ['another version alone', { signature: `v2=${HEX}` }],
    ['too short a signature', { signature: 'v1=ab' }],
  ])('are nothing with %s', (_, change) => {
    expect(readSignature({ ...SENT, ...change })).toBeNull()
  })

  it('may hold several signatures, of which the first four count', () => {
    const many = Array.from({ length: 6 }, (_, n) => `v1=${String(n).repeat(64)}`)
    expect(readSignature({ ...SENT, signature: `v0=x, ${many.join(' ')}` })?.signatures).toEqual(
      ['0', '1', '2', '3'].map((n) => n.repeat(64)),
    )
  })
})

describe('what is signed', () => {
  it('is five lines', () => {
    const call = { method: 'post', target: '/api/v1/integrations/events/ack?a=1', bodyDigest: HEX }
    expect(signedText(SENT, call)).toBe(
      `1795143600\nnonce-01\nPOST\n/api/v1/integrations/events/ack?a=1\n${HEX}`,
    )
  })

  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('holds at %i s from our clock: %s', (skew, timely) => {
    expect(isTimely(String(1_000 + skew), 1_000_000)).toBe(timely)
  })

  it('cannot be sent again when its nonce is forgotten', () => {
    expect(isTimely('1000', nonceExpiry('1000'))).toBe(false)
  })
})

describe('a certificate', () => {
  it.each([
    [null, null, true],
    [null, HEX, true],
    [HEX, HEX, true],
    [HEX, null, false],
    [HEX, 'cd'.repeat(32), false],
  ])('wanted %s, presented %s: %s', (certFingerprint, presented, fits) => {
    expect(certificateFits({ certFingerprint }, presented)).toBe(fits)
  })
})
