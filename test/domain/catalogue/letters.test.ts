import { describe, expect, it } from 'vitest'
import { joined, lettersOf, wordsOf } from '../../../src/domain/catalogue/letters.ts'

describe('the letters of a text', () => {
  it.each([
    ['양념 치킨', '양념치킨'],
    ['COLA 500ml', 'cola500ml'],
    ['ＣＯＬＡ　５００㎖', 'cola500ml'],
    ['Crème Brûlée', 'cremebrulee'],
    ['치킨'.normalize('NFD'), '치킨'],
    ['ㅊㅋ', 'ㅊㅋ'],
    ['ㅊㅣㅋㅣㄴ', 'ㅊㅣㅋㅣㄴ'],
    ['\u110e\u110f', 'ㅊㅋ'],
    ['ﾁｷﾝ ｶﾞ', 'チキンガ'],
    ['🍗 치킨 ❤️ 1️⃣', '치킨1'],
    ['"치킨" OR (콜라*) -^:{}', '치킨or콜라'],
    ['a\u0000b\u200bc\u3164d', 'abcd'],
    ['ข้าวผัด', 'ข้าวผัด'],
    ['⟨∙⟩', ''],
    ['\ud800 x', 'x'],
    ['𠮷野家', '𠮷野家'],
    ['', ''],
  ])('are of %j: %j', (text, letters) => {
    expect(joined(text).join('')).toBe(letters)
  })

  it('know where they stand in the text', () => {
    const text = '🍗 치킨'.normalize('NFD')
    const [first, second] = lettersOf(text)
    expect(first).toEqual({ letter: '치', start: 3, end: 5, beginsWord: true })
    expect(second).toEqual({ letter: '킨', start: 5, end: 8, beginsWord: false })
    expect(text.slice(3, 8).normalize('NFC')).toBe('치킨')
  })

  it('are words by what stands between them', () => {
    expect(wordsOf('후라이드-치킨 (1마리)').map((word) => word.join(''))).toEqual([
      '후라이드',
      '치킨',
      '1마리',
    ])
  })
})
