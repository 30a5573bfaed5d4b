import { describe, expect, it } from 'vitest'
import { searchableRestaurant, searched } from '../support/products.ts'

const NAMES = [
  '치킨',
  '양념치킨',
  '후라이드 치킨',
  '치즈볼',
  '김치찌개',
  '된장찌개',
  '김밥',
  '콜라 500ml',
  'COLA',
  '떡볶이',
  '닭갈비',
  '떡',
  '불고기 버거 세트',
  '감자튀김',
  'Crème Brûlée',
  '짜장면',
  '값비싼 스테이크',
]
const { filter } = await searchableRestaurant(NAMES)

const namesFor = async (text: string) => (await searched(text, filter)).found.map((hit) => hit.name)

describe('searching products', () => {
  it.each([
    ['치킨', ['치킨', '양념치킨', '후라이드 치킨'].sort(), 'first 치킨'],
    ['ㅊㅋ', ['치킨', '양념치킨', '후라이드 치킨'], 'initial consonants'],
    ['ㅇㄴㅊㅋ', ['양념치킨'], 'of a longer name'],
    ['ㄱㅊㅉㄱ', ['김치찌개'], 'doubled ones too'],
    ['ㅂㄱㄱㅂㄱ', ['불고기 버거 세트'], 'over a space'],
    ['양념ㅊㅋ', ['양념치킨'], 'syllables and consonants'],
    ['치ㅋ', ['치킨', '양념치킨', '후라이드 치킨'], 'a syllable half typed'],
    ['념치', ['양념치킨'], 'the inside of a word'],
    ['500', ['콜라 500ml'], 'digits'],
    ['cola', ['COLA'], 'another case'],
    ['creme', ['Crème Brûlée'], 'without accents'],
    ['떡', ['떡', '떡볶이'], 'one syllable'],
    ['닭', ['닭갈비'], 'one syllable'],
    ['후라이드치킨', ['후라이드 치킨'], 'a space too few'],
    ['김치 찌개', ['김치찌개'], 'a space too many'],
    ['찌개 김치', ['김치찌개'], 'words in any order'],
    ['버거 불고기', ['불고기 버거 세트'], 'words in any order'],
    ['콜라 500', ['콜라 500ml'], 'words'],
  ])('finds for %j exactly %j: %s', async (text, names) => {
    const found = await searched(text, filter)
    const exact = found.found.filter(({ match }) => !['SIMILAR', 'KEYBOARD'].includes(match))
    expect(exact.map(({ name }) => name).sort()).toEqual(names.toSorted())
  })

  it.each([
    ['치캔', '치킨'],
    ['칰ㄴ', '치킨'],
    ['치틴', '치킨'],
    ['추킨', '치킨'],
    ['칰', '치킨'],
    ['치키', '치킨'],
    ['clzls', '치킨'],
    ['Clzls', '치킨'],
    ['cz', '치킨'],
    ['didsuaclzls', '양념치킨'],
    ['zhffk', '콜라 500ml'],
    ['채ㅣㅁ', 'COLA'],
    ['김치찌게', '김치찌개'],
    ['김치찌깨', '김치찌개'],
    ['김지찌게', '김치찌개'],
    ['긴치찌게', '김치찌개'],
    ['김치찌', '김치찌개'],
    ['떡뽁이', '떡볶이'],
    ['떡복이', '떡볶이'],
    ['cloa', 'COLA'],
    ['자장면', '짜장면'],
    ['감자튀긴', '감자튀김'],
    ['후라이드 치캔', '후라이드 치킨'],
    ['brulle', 'Crème Brûlée'],
  ])('finds for %j first %j', async (text, name) => {
    expect((await namesFor(text))[0]).toBe(name)
  })

  it.each(['피자', 'ㅍㅈ', '치과', '오오오', 'xyz', '치킨 피자'])(
    'finds nothing for %j',
    async (text) => {
      expect(await namesFor(text)).toEqual([])
    },
  )
})
