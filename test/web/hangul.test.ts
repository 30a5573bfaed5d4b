import { describe, expect, it } from 'vitest'
import { finds, initialsOf } from '../../web/lib/hangul.ts'

describe('searching the menu on the page', () => {
  it.each([
    ['치킨', 'ㅊㅋ'],
    ['뼈치킨 한 마리', 'ㅃㅊㅋ ㅎ ㅁㄹ'],
    ['가힣', 'ㄱㅎ'],
    ['Cola 500', 'Cola 500'],
  ])('reads the initials of %s', (text, initials) => {
    expect(initialsOf(text)).toBe(initials)
  })

  it.each([
    ['뼈치킨 한 마리', 'ㅊㅋ', true],
    ['뼈치킨 한 마리', '치킨한', true],
    ['Fried Chicken', 'CHICK', true],
    ['순살치킨', 'ㅅㅅ ㅊㅋ', true],
    ['콜라', 'ㅊㅋ', false],
    ['콜라', '치킨', false],
    ['한', 'ㅎㅏ', false],
    ['치킨', '', true],
  ])('of %s for "%s": %s', (text, sought, found) => {
    expect(finds(text, sought)).toBe(found)
  })
})
