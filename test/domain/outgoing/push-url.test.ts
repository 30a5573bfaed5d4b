import { describe, expect, it } from 'vitest'
import { pushUrlProblem } from '../../../src/domain/outgoing/push-url.ts'

const SANDBOX = 'http://127.0.0.1:8788'

describe('where events may be pushed to', () => {
  it.each([
    'https://partner.example.com/hooks/orders?from=us',
    'https://partner.example.com:443/',
    'https://8.8.8.8/hook',
    'https://100.128.0.1/',
    'https://172.32.0.1/',
    'https://xn--9n2bp8q.kr/',
    'https://[2606:4700::1111]/',
  ])('%s', (url) => {
    expect(pushUrlProblem(url, undefined)).toBeNull()
  })

  it.each([
    ['', 'invalid_url'],
    ['partner.example.com/hook', 'invalid_url'],
    ['https://partner.example.com/#part', 'invalid_url'],
    [`https://partner.example.com/${'x'.repeat(500)}`, 'invalid_url'],
    ['http://partner.example.com/', 'needs_https'],
    ['ftp://partner.example.com/', 'needs_https'],
    ['javascript:alert(1)', 'needs_https'],
    ['https://user@partner.example.com/', 'credentials'],
    ['https://user:pass@partner.example.com/', 'credentials'],
    ['https://partner.example.com:8443/', 'port'],
    ['https://localhost/', 'private_host'],
    ['https://LOCALHOST./', 'private_host'],
    ['https://api.localhost/', 'private_host'],
    ['https://printer/', 'private_host'],
    ['https://db.internal/', 'private_host'],
    ['https://nas.local/', 'private_host'],
    ['https://router.home.arpa/', 'private_host'],
    ['https://127.0.0.1/', 'private_host'],
    ['https://127.1/', 'private_host'],
    ['https://2130706433/', 'private_host'],
    ['https://0x7f.0.0.1/', 'private_host'],
    ['https://017700000001/', 'private_host'],
    ['https://0.0.0.0/', 'private_host'],
    ['https://10.1.2.3/', 'private_host'],
    ['https://100.64.0.1/', 'private_host'],
    ['https://169.254.169.254/latest/meta-data', 'private_host'],
    ['https://172.16.0.1/', 'private_host'],
    ['https://192.168.0.1/', 'private_host'],
    ['https://198.18.0.1/', 'private_host'],
    ['https://224.0.0.1/', 'private_host'],
    ['https://255.255.255.255/', 'private_host'],
    ['https://[::1]/', 'private_host'],
    ['https://[::]/', 'private_host'],
    ['https://[::ffff:127.0.0.1]/', 'private_host'],
    ['https://[64:ff9b::7f00:1]/', 'private_host'],
    ['https://[fe80::1]/', 'private_host'],
    ['https://[fd00::1]/', 'private_host'],
    ['https://[ff02::1]/', 'private_host'],
    ['https://[2002:7f00:1::]/', 'private_host'],
    ['https://[2001::1]/', 'private_host'],
    ['https://[2001:db8::1]/', 'private_host'],
    [`${SANDBOX}/partner/hook`, 'needs_https'],
  ])('not %s: %s', (url, problem) => {
    expect(pushUrlProblem(url, undefined)).toBe(problem)
  })

  it("in development the sandbox's origin, and no other of this machine", () => {
    expect(pushUrlProblem(`${SANDBOX}/partner/hook`, SANDBOX)).toBeNull()
    expect(pushUrlProblem('http://127.0.0.1:8787/', SANDBOX)).toBe('needs_https')
    expect(pushUrlProblem('http://u@127.0.0.1:8788/', SANDBOX)).toBe('credentials')
  })
})
