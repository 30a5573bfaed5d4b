import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSearch, type SearchQuery } from '../../../src/domain/catalogue/search-query.ts'

const queryOf = (text: string): SearchQuery => {
  const read = readSearch(text)
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}
const wordsOf = (text: string) => queryOf(text).words.map(({ letters }) => letters.join(''))

describe('reading what a person searches for', () => {
  it.each([
    ['양념 치킨', ['양념', '치킨']],
    ['  치킨  치킨 ', ['치킨']],
    ['COLA-500ml', ['cola', '500ml']],
    ['"치킨" OR NOT (콜라*) NEAR grams:x', ['치킨', 'or', 'not', '콜라', 'near', 'grams', 'x']],
    ['🍗치킨🍗콜라', ['치킨', '콜라']],
    ['ㅄ', ['ㅂㅅ']],
    ['치킨'.normalize('NFD'), ['치킨']],
    ['\u0000치\u0000킨\u0007', ['치', '킨']],
  ])('takes %j for the words %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it.each(['', '   ', '🍗🍗', '"*-()^:', '\u0000', '\u200b\u3164', "'; --"])(
    'finds nothing to search for in %j',
    (text) => {
      expect(readSearch(text)).toEqual({ ok: false, refusal: 'empty' })
    },
  )

  it('takes up to a hundred characters, however many bytes they have', () => {
    expect(readSearch('가'.repeat(100)).ok).toBe(true)
    expect(readSearch('𠮷'.repeat(100)).ok).toBe(true)
    expect(readSearch(` ${'가'.repeat(100)} `).ok).toBe(true)
    for (const text of ['가'.repeat(101), 'a'.repeat(10_000), '"'.repeat(10_000)])
      expect(readSearch(text)).toEqual({ ok: false, refusal: 'too_long' })
  })

  it.each([
    ['clzls', '치킨'],
    ['Clzls', '치킨'],
    ['Ejrqhrdl', '떡복이'],
    ['zhffk500', '콜라500'],
    ['cz', 'ㅊㅋ'],
    ['채ㅣㅁ', 'cola'],
    ['cola', undefined],
    ['hamlet', undefined],
    ['soda', undefined],
    ['치킨', undefined],
    ['500', undefined],
    ['a', undefined],
  ])('reads %j on the other layout of the keyboard as %j', (text, other) => {
    expect(queryOf(text).words[0]?.other?.join('')).toBe(other)
  })

  it.each([
    ['떡', 0],
    ['닭', 0],
    ['치캔', 1],
    ['칰ㄴ', 1],
    ['cola', 1],
    ['김치찌게', 2],
    ['chicken', 1],
    ['ㅊㅋ', null],
    ['500', null],
    ['2024', null],
    ['ab', null],
  ])('allows in %j so many slips: %j', (text, slips) => {
    expect(queryOf(text).words[0]?.slips).toBe(slips)
  })

  it('looks for slips only where there are few words', () => {
    expect(queryOf('치킨 콜라 피자 김밥 라면').near).not.toBeNull()
    expect(queryOf('치킨 콜라 피자 김밥 라면 만두').near).toBeNull()
  })

  it('looks for slips only where there are few letters in all', () => {
    const slipsIn = (text: string) => queryOf(text).words.map(({ slips }) => slips)
    expect(slipsIn(`${'각'.repeat(30)} 치킨집`)).toEqual([2, 2])
    expect(slipsIn(`${'각'.repeat(31)} 치킨집`)).toEqual([null, null])
    expect(queryOf('각'.repeat(34)).near).toBeNull()
  })

  it('writes nothing into an expression but letters, marks of its own and operators of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const read = readSearch(text)
        if (!read.ok) return
        const { exact, near } = read.value
        for (const expression of [...exact, ...(near === null ? [] : [near])]) {
          const bare = expression.replace(/"[\p{L}\p{N}\p{M}⟨⟩∙ ]+"/gu, '')
          expect(bare).toMatch(/^(?:grams|initials|jamo|AND|OR|NOT|NEAR|[ :()*,\d])*$/)
        }
      }),
    )
  })
})

describe('any text at all', () => {
  const key = fc.constantFrom(...Array.from('qwertyuiopasdfghjklzxcvbnmQWERTOP0 ㅊㅏㅘㄳ치값'))

  it('can be searched for, or is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: key, maxLength: 14 }), (text) => {
        expect(['empty', 'too_long', undefined]).toContain(refusalOf(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

function refusalOf(text: string): string | undefined {
  const read = readSearch(text)
  return read.ok ? undefined : read.refusal
}
