import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProductSearch } from '../../src/db/repositories/product-search.ts'
import { joined, wordsOf } from '../../src/domain/catalogue/letters.ts'
import { readSearch } from '../../src/domain/catalogue/search-query.ts'
import { idIn } from '../support/identity.ts'
import { searchableRestaurant, searched } from '../support/products.ts'

/** Throws where the index does not hold exactly what the rows do. */
const CHECK = "INSERT INTO product_search (product_search, rank) VALUES ('integrity-check', 1)"

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

describe('a ranked list', () => {
  it('comes in pages that hold it once', async () => {
    const restaurant = await searchableRestaurant(Array.from({ length: 23 }, (_, n) => `치킨 ${n}`))
    const all = (await searched('치킨', restaurant.filter)).found.map(({ id }) => id)
    const paged: string[] = []
    for (let offset: number | null = 0; offset !== null;) {
      const page = await searched('치킨', restaurant.filter, { offset, limit: 5 })
      paged.push(...page.found.map(({ id }) => id))
      offset = page.nextOffset
    }
    expect(all).toHaveLength(23)
    expect(paged).toEqual(all)
  })

  it('ends after sixty products, the best kinds among them', async () => {
    const names = Array.from({ length: 80 }, (_, n) => `양념치킨 ${n}`)
    const restaurant = await searchableRestaurant([...names, '치킨', '치킨무'])
    const { found } = await searched('치킨', restaurant.filter)
    expect(found).toHaveLength(60)
    expect(found.slice(0, 2).map(({ name }) => name)).toEqual(['치킨', '치킨무'])
  })

  it('has errors of typing only where little else was found', async () => {
    const restaurant = await searchableRestaurant(['치캔', '치킨'])
    const matches = async () =>
      (await searched('치캔', restaurant.filter)).found.map(({ match }) => match)
    expect(await matches()).toEqual(['WHOLE', 'SIMILAR'])
    await restaurant.put(...[1, 2, 3, 4].map((n) => ({ name: `치캔 ${n}` })))
    expect(await matches()).toEqual(['WHOLE', ...Array<string>(4).fill('START')])
  })

  it('is narrowed down before it is cut off', async () => {
    const restaurant = await searchableRestaurant()
    await restaurant.put(
      ...Array.from({ length: 110 }, (_, n) => ({ name: `치킨 ${n}`, price: 9_000 })),
      { name: '치킨 특대', price: 30_000, tags: ['인기'], soldOut: true },
    )
    const { filter: own } = restaurant
    for (const narrow of [{ minPrice: 30_000 }, { tag: '인기' }, { available: false }]) {
      const { found } = await searched('치킨', { ...own, ...narrow })
      expect(found.map(({ name }) => name)).toEqual(['치킨 특대'])
    }
    const { found } = await searched('치캔', { ...own, minPrice: 30_000 })
    expect(found.map(({ name }) => name)).toEqual(['치킨 특대'])
    expect((await searched('치킨', { ...own, available: true, minPrice: 30_000 })).found).toEqual(
      [],
    )
    expect((await searched('특대', { ...own, market: 'US' })).found).toEqual([])
    expect((await searched('특대', { ...own, market: 'KR' })).found).toHaveLength(1)
    expect((await searched('특대', { ...own, category: '없는 것' })).found).toEqual([])
  })

  it('holds one restaurant alone where it is named, also by a category', async () => {
    const [one, other] = [
      await searchableRestaurant(['별난면']),
      await searchableRestaurant(['별난면']),
    ]
    expect((await searched('별난면')).found).toHaveLength(2)
    for (const narrow of [{ restaurantId: one.restaurantId }, { categoryId: one.categoryId }]) {
      const { found } = await searched('별난면', { ...filter, restaurantId: null, ...narrow })
      expect(found.map(({ id }) => id.slice(-12))).toEqual([one.restaurantId.slice(-12)])
    }
    const both = { ...filter, restaurantId: other.restaurantId, categoryId: one.categoryId }
    expect((await searched('별난면', both)).found).toEqual([])
  })

  it('has no item that left the menu, and every new name at once', async () => {
    const restaurant = await searchableRestaurant()
    const id = idIn(restaurant.restaurantId)
    const count = async (text: string) => (await searched(text, restaurant.filter)).found.length
    await restaurant.put({ id, name: '가지튀김' })
    expect([await count('가지튀김'), await count('오징어')]).toEqual([1, 0])
    await restaurant.put({ id, name: '오징어튀김', description: '바다에서' })
    expect([await count('가지'), await count('오징어'), await count('바다')]).toEqual([0, 1, 1])
    await restaurant.put({ id, name: '오징어튀김', deleted: true })
    expect([await count('오징어'), await count('바다')]).toEqual([0, 0])
  })
})

const unit = fc.constantFrom(
  '치',
  '킨',
  '치킨',
  'ㅊ',
  'ㅋ',
  '떡',
  '볶',
  'a',
  'B',
  '5',
  ' ',
  '-',
  '🍗',
)
const anyName = fc.string({ unit, minLength: 1, maxLength: 8 })

describe('the search index', () => {
  it('takes any text without failing', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom('"', "'", '*', ':', '^', '-', '(', ')', '치', 'ㅊ', 'a', ' '),
      }),
      fc.constantFrom(
        'NEAR(a b, 5)',
        'grams:치킨',
        'a OR b',
        'NOT',
        '치킨*',
        "'; DROP TABLE x; --",
      ),
    )
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        if (!readSearch(text).ok) return
        const { found } = await searched(text)
        expect(found.every((hit) => hit.ranges.every(([from, to]) => from < to))).toBe(true)
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it('finds what is in a name, and nothing else by it, through any history', async () => {
    const move = fc.record({ item: fc.nat(5), name: anyName, deleted: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 1, maxLength: 8 }),
        anyName,
        async (moves, asked) => {
          const { restaurantId, put, filter: own } = await searchableRestaurant()
          const ids = Array.from({ length: 6 }, () => idIn(restaurantId))
          const names = new Map<string, string>()
          for (const { item, name, deleted } of moves) {
            const id = ids[item] ?? ''
            await put({ id, name, deleted })
            if (deleted) names.delete(id)
            else names.set(id, name)
          }
          await env.DB.prepare(CHECK).run()
          const pieces = [asked, ...names.values()].flatMap((text) => wordsOf(text))
          for (const piece of new Set(pieces.map((letters) => letters.join('')))) {
            if (/[ㄱ-ㅎ]/.test(piece)) continue
            const { found } = await searched(piece, own)
            const exact = found.filter(({ match }) => match !== 'KEYBOARD' && match !== 'SIMILAR')
            const holding = [...names].filter(([, name]) => joined(name).join('').includes(piece))
            expect(exact.map(({ id }) => id).sort()).toEqual(holding.map(([id]) => id).sort())
          }
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  it('finds every piece of a name', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, fc.nat(), fc.nat(), async (name, from, length) => {
        const letters = joined(name)
        if (letters.length === 0) return
        const start = from % letters.length
        const piece = letters.slice(start, start + 1 + (length % letters.length)).join('')
        const { filter: own } = await searchableRestaurant([name])
        expect((await searched(piece, own)).found.map((hit) => hit.name)).toEqual([name])
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('is made anew from the rows', async () => {
    const { filter: own } = await searchableRestaurant(['소고기무국'])
    await env.DB.prepare("INSERT INTO product_search (product_search) VALUES ('delete-all')").run()
    expect((await searched('무국', own)).found).toEqual([])
    await createProductSearch(env.DB).rebuild()
    expect((await searched('무국', own)).found).toHaveLength(1)
    await env.DB.prepare(CHECK).run()
  })
})
