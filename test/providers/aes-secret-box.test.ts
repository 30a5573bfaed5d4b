import { describe, expect, it } from 'vitest'
import { createAesSecretBox, type EncryptionKey } from '../../src/providers/aes-secret-box.ts'
import { random } from '../support/identity.ts'

const aKey = (id: string): EncryptionKey => ({
  id,
  key: btoa(String.fromCharCode(...random(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', ''),
})
const boxOf = (...keys: [EncryptionKey, ...EncryptionKey[]]) => createAesSecretBox(keys, random)

const [old, fresh] = [aKey('2026-a'), aKey('2026-b')]
const SECRET = 'test_sk_비밀🔑'

describe('sealing a secret', () => {
  it('opens again for whom it was sealed, and looks different every time', async () => {
    const box = boxOf(old)
    const [one, two] = [await box.seal(SECRET, 'r1/toss'), await box.seal(SECRET, 'r1/toss')]
    expect(one).not.toBe(two)
    expect(one).not.toContain('test_sk')
    expect(await box.open(one, 'r1/toss')).toBe(SECRET)
    expect(await box.open(two, 'r1/toss')).toBe(SECRET)
  })

  it('opens for no other restaurant and no other purpose', async () => {
    const sealed = await boxOf(old).seal(SECRET, 'r1/toss')
    expect(await boxOf(old).open(sealed, 'r2/toss')).toBeNull()
    expect(await boxOf(old).open(sealed, 'r1/discord')).toBeNull()
  })

  it('survives a rotation while the old key is listed, and seals with the new one', async () => {
    const before = await boxOf(old).seal(SECRET, 'c')
    const rotated = boxOf(fresh, old)
    expect(await rotated.open(before, 'c')).toBe(SECRET)
    const after = await rotated.seal(SECRET, 'c')
    expect(await boxOf(fresh).open(after, 'c')).toBe(SECRET)
    expect(await boxOf(fresh).open(before, 'c')).toBeNull()
  })

  it('does not open what was changed, or is not sealed at all', async () => {
    const box = boxOf(old)
    const sealed = await box.seal(SECRET, 'c')
    const flipped = sealed.replace(/.(.)$/, (_, last: string) => (last === 'A' ? 'BA' : 'AA'))
    for (const bad of [
      flipped,
      sealed.slice(0, -8),
      '',
      'v1.2026-a',
      `v2${sealed.slice(2)}`,
      'v1.2026-a.%.%',
    ])
      expect(await box.open(bad, 'c')).toBeNull()
  })
})
