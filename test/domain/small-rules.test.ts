import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePublicSeq, publicSeq } from '../../src/domain/events.ts'
import { fingerprintToKeep, isOfSameRequest } from '../../src/domain/fingerprint.ts'
import { sameText } from '../../src/domain/same-text.ts'

describe('the number of an event that clients see', () => {
  const numbers = fc.record({
    epoch: fc.integer({ min: 1, max: 1_000 }),
    seq: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
  })

  it('is the number itself before any restore', () => expect(publicSeq(1, 42)).toBe(42))

  it('can be read back', () => {
    fc.assert(
      fc.property(numbers, ({ epoch, seq }) => {
        expect(parsePublicSeq(publicSeq(epoch, seq))).toEqual({ epoch, seq })
      }),
    )
  })

  it('is higher after a restore than any number before it', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, two) => {
        fc.pre(one.epoch < two.epoch || (one.epoch === two.epoch && one.seq < two.seq))
        expect(publicSeq(one.epoch, one.seq)).toBeLessThan(publicSeq(two.epoch, two.seq))
      }),
    )
  })
})

describe('comparing with a secret', () => {
  it.each([
    ['secret', 'secret', true],
    ['secret', 'secreT', false],
    ['Secret', 'secret', false],
    ['', 'secret', false],
    ['secre', 'secret', false],
    ['secret ', 'secret', false],
    ['secretsecret', 'secret', false],
    ['', '', true],
    ['비밀', '비밀', true],
    ['비밀', '비말', false],
  ])('%j with %j: %s', (given, secret, same) => expect(sameText(given, secret)).toBe(same))

  it('agrees with equality for any two texts', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '가'), maxLength: 3 })
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        expect(sameText(one, two)).toBe(one === two)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe("what is kept of a request's digest", () => {
  const whole = 'c0ffee'.repeat(11).slice(0, 64)
  const half = whole.slice(0, 32)
  const other = `d${whole.slice(1)}`
  it.each([
    ['the whole', whole, whole, true],
    ['its first half', half, whole, true],
    ['another', other, whole, false],
    ['half of another', other.slice(0, 32), whole, false],
    ['its second half', whole.slice(32), whole, false],
    ['less than a half', whole.slice(0, 31), whole, false],
    ['more than a half', whole.slice(0, 33), whole, false],
    ['nothing', '', whole, false],
    ['the whole, of which half was sent', whole, half, false],
  ])('%s', (_, kept, sent, same) => expect(isOfSameRequest(kept, sent)).toBe(same))

  it('is its first half', () => expect(fingerprintToKeep(whole)).toBe(half))
})
