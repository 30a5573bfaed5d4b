import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseCode } from '../../../src/domain/coupon/code.ts'

describe('reading a coupon code', () => {
  it.each([
    ['WELCOME10', 'WELCOME10'],
    ['welcome10', 'WELCOME10'],
    ['  Welcome 10 ', 'WELCOME10'],
    ['WEL\tCOME\n10', 'WELCOME10'],
    ['ＷＥＬＣＯＭＥ１０', 'WELCOME10'],
    ['웰컴\u300010', '웰컴10'],
    ['한글날'.normalize('NFD'), '한글날'],
    ['été-2026', 'ÉTÉ-2026'],
    ['e\u0301te\u0301', 'ÉTÉ'],
    ['straße', 'STRASSE'],
    ['a_b-c', 'A_B-C'],
    ['\u200Babc\u2060', 'ABC'],
    ['कूपन', 'कूपन'],
    ['abc', 'ABC'],
    ['x'.repeat(40), 'X'.repeat(40)],
  ])('takes %j as %j', (typed, code) => {
    expect(normaliseCode(typed)).toBe(code)
  })

  it.each([
    ['nothing', ''],
    ['spaces alone', '   '],
    ['two characters', 'ab'],
    ['two syllables', '한글'],
    ['41 characters', 'x'.repeat(41)],
    ['10,000 characters', 'x '.repeat(5_000)],
    ['a quote', "AB'C"],
    ['a percent sign', 'AB%C'],
    ['a slash', 'AB/C'],
    ['an emoji', 'ABC🍗'],
    ['a mark at the head', '\u0301abc'],
    ['a control character', 'AB\u0000C'],
  ])('takes %s for no code', (_what, typed) => {
    expect(normaliseCode(typed)).toBeNull()
  })

  it('leaves a code that it made as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 3, maxLength: 40 }), (typed) => {
        const code = normaliseCode(typed)
        if (code === null) return
        expect(normaliseCode(code)).toBe(code)
        expect(normaliseCode(` ${code} `)).toBe(code)
      }),
      { numRuns: 500 },
    )
  })
})
