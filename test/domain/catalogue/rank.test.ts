import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined } from '../../../src/domain/catalogue/letters.ts'
import { highlighted, hitOf, ranked, type Searchable } from '../../../src/domain/catalogue/rank.ts'
import { readSearch } from '../../../src/domain/catalogue/search-query.ts'

const named = (name: string, more: Partial<Searchable> = {}): Searchable => ({
  id: name,
  name,
  names: [name],
  texts: [],
  available: true,
  ...more,
})
const wordsOf = (text: string) => {
  const read = readSearch(text)
  if (!read.ok) throw new Error(read.refusal)
  return read.value.words
}
/** `null`, or how it was found and the name with what is highlighted in brackets. */
const found = (text: string, product: Searchable) => {
  const hit = hitOf(wordsOf(text), product)
  if (hit === null) return null
  const marked = highlighted(product.name, hit.ranges)
  return `${hit.match} ${marked.replaceAll('<mark>', '[').replaceAll('</mark>', ']')}`
}

describe('how a product is found', () => {
  it.each([
    ['치킨', '치킨', 'WHOLE [치킨]'],
    ['후라이드 치킨', '후라이드치킨', 'WHOLE [후라이드치킨]'],
    ['cola', 'COLA', 'WHOLE [COLA]'],
    ['양념', '양념치킨', 'START [양념]치킨'],
    ['치', '치킨 (치즈)', 'START [치]킨 ([치]즈)'],
    ['치킨', '후라이드 치킨', 'WORD 후라이드 [치킨]'],
    ['치킨 후라이드', '후라이드 치킨', 'WORD [후라이드] [치킨]'],
    ['념치', '양념치킨', 'INSIDE 양[념치]킨'],
    ['이드치', '후라이드 치킨', 'INSIDE 후라[이드 치]킨'],
    ['500', '콜라500ml', 'INSIDE 콜라[500]ml'],
    ['ㅊㅋ', '치킨', 'INITIALS [치킨]'],
    ['양념ㅊ', '양념치킨', 'INITIALS [양념치]킨'],
    ['ㅋㅋ', 'ㅋㅋ 치킨', 'START [ㅋㅋ] 치킨'],
    ['clzls', '양념치킨', 'KEYBOARD 양념[치킨]'],
    ['콜라 clzls', '치킨 콜라', 'KEYBOARD [치킨] [콜라]'],
    ['치캔', '양념치킨', 'SIMILAR 양념[치킨]'],
    ['칰ㄴ', '치킨', 'SIMILAR [치킨]'],
    ['김치찌게', '돼지 김치찌개', 'SIMILAR 돼지 [김치찌개]'],
    ['치캔', '피자', null],
    ['ㅊㅋ', '치즈', null],
    ['떡', '턱', null],
    ['치킨 콜라', '치킨', null],
    ['치킨', '치킨'.normalize('NFD'), `WHOLE [${'치킨'.normalize('NFD')}]`],
    ['치킨', '<b>치킨</b> & 콜라', 'INSIDE &lt;b&gt;[치킨]&lt;/b&gt; &amp; 콜라'],
  ])('%j finds %j: %j', (text, name, how) => {
    expect(found(text, named(name))).toBe(how === null ? null : how.replace('INSIDE &', 'WORD &'))
  })

  it('is by its name in another language, and highlights nothing then', () => {
    const product = named('콜라', { names: ['콜라', 'Cola'] })
    expect(found('cola', product)).toBe('WHOLE 콜라')
    expect(found('cola 콜라', product)).toBe('INSIDE [콜라]')
  })

  it('is by its tags and description after every name', () => {
    const product = named('간장', { texts: ['달콤한 치킨', '인기'] })
    expect(found('치킨', product)).toBe('TEXT 간장')
    expect(found('간장 인기', product)).toBe('TEXT [간장]')
    expect(found('ㅇㄱ', product)).toBe(null)
  })
})

describe('the order of what was found', () => {
  const order = (text: string, ...products: Searchable[]) =>
    ranked(wordsOf(text), products.toReversed()).map(({ product }) => product.id)

  it('is by how it was found', () => {
    const names = ['치킨', '치킨무', '양념 치킨', '양념치킨']
    const told = named('닭강정', { texts: ['치킨'] })
    expect(order('치킨', ...names.map((name) => named(name)), told, named('치캔'))).toEqual([
      ...names,
      '닭강정',
      '치캔',
    ])
  })

  it('has what can be ordered before what is sold out, then goes by name', () => {
    const soldOut = (name: string) => named(name, { available: false })
    expect(
      order('치킨', named('치킨 나'), soldOut('치킨 가'), named('치킨 다'), soldOut('치킨')),
    ).toEqual(['치킨', '치킨 나', '치킨 다', '치킨 가'])
  })

  it('has fewer wrong letters and nearer lengths first', () => {
    expect(order('김치찌게', named('김치찌개'), named('김치찌개 세트'), named('김치찌기'))).toEqual(
      ['김치찌개', '김치찌기', '김치찌개 세트'],
    )
  })

  it('is the same however the index gave them', () => {
    const name = fc.constantFrom('치킨', '치킨무', '양념치킨', '치캔', '치즈', '후라이드 치킨')
    const product = fc.record({ name, id: fc.uuid(), available: fc.boolean() })
    fc.assert(
      fc.property(fc.uniqueArray(product, { selector: ({ id }) => id }), (made) => {
        const products = made.map((each) => named(each.name, each))
        const ids = (list: readonly Searchable[]) =>
          ranked(wordsOf('치킨'), list).map(({ product: { id } }) => id)
        expect(ids(products)).toEqual(ids(products.toReversed()))
      }),
    )
  })
})

describe('highlighting', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      '치',
      '킨',
      'ㅊ',
      'ㅋ',
      'a',
      'É',
      ' ',
      '<',
      '🍗',
      '\u1100',
      '\u1161',
      '㎖',
    ),
    minLength: 1,
    maxLength: 12,
  })

  it('stays inside the name, in order and apart, and keeps its letters', () => {
    fc.assert(
      fc.property(text, text, (query, name) => {
        const read = readSearch(query)
        if (!read.ok) return
        const hit = hitOf(read.value.words, named(name))
        let end = -1
        for (const [from, to] of hit?.ranges ?? []) {
          expect(from).toBeGreaterThan(end)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(name.length)
          end = to
        }
        const plain = highlighted(name, hit?.ranges ?? []).replace(/<\/?mark>/g, '')
        expect(plain.replaceAll('&lt;', '<')).toBe(name)
      }),
      { numRuns: 500 },
    )
  })

  it('marks exactly the piece that was asked for', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (name, from, length) => {
        const letters = joined(name)
        const start = letters.length === 0 ? 0 : from % letters.length
        const piece = letters.slice(start, start + 1 + (length % letters.length || 0)).join('')
        const read = readSearch(piece)
        if (!read.ok) return
        const hit = hitOf(read.value.words, named(name))
        expect(hit).not.toBeNull()
        expect(hit?.ranges.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})
