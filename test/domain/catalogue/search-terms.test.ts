import { describe, expect, it } from 'vitest'
import { searchTerms } from '../../../src/domain/catalogue/search-terms.ts'
import { blankItem } from '../../../src/domain/menu/compose-item.ts'
import type { MenuItem } from '../../../src/domain/menu/menu.ts'

const item = (changes: Partial<MenuItem>): MenuItem => ({
  ...blankItem({ id: 'i', number: 1, position: 1 }),
  ...changes,
})

describe('the terms of an item', () => {
  it('are pairs of its name, of its initial consonants and of its single letters', () => {
    expect(searchTerms(item({ name: '치킨' }))).toEqual({
      grams: '⟨치 치킨 킨⟩',
      initials: '⟨ㅊ ㅊㅋ ㅋ⟩',
      jamo: '⟨ㅊ ㅊㅣ ㅣㅋ ㅋㅣ ㅣㄴ ㄴ⟩',
    })
  })

  it('hold every language, and initial consonants of Korean alone', () => {
    const { grams, initials } = searchTerms(item({ name: '콜라', names: { en: 'Cola' } }))
    expect(grams).toBe('⟨콜 콜라 라⟩ ⟨c co ol la a⟩')
    expect(initials).toBe('⟨ㅋ ㅋㄹ ㄹ⟩')
  })

  it('hold what stands beside Korean letters among the initials', () => {
    expect(searchTerms(item({ name: '콜라 5L' })).initials).toBe('⟨ㅋ ㅋㄹ ㄹ5 5l l⟩')
  })

  it('hold tags and descriptions apart from names', () => {
    const { grams, jamo } = searchTerms(
      item({ name: '밥', tags: ['인기'], description: '쌀', descriptions: { en: 'Rice' } }),
    )
    expect(grams).toBe('⟨밥 밥⟩ ∙인기 ∙기⟩ ∙쌀⟩ ∙ri ∙ic ∙ce ∙e⟩')
    expect(jamo).toBe('⟨ㅂ ㅂㅏ ㅏㅂ ㅂ⟩')
  })

  it('are none of a deleted item, and none of a name without letters', () => {
    const none = { grams: '', initials: '', jamo: '' }
    expect(searchTerms(item({ name: '치킨', deleted: true }))).toEqual(none)
    expect(searchTerms(item({ name: '🍗' }))).toEqual(none)
  })
})
