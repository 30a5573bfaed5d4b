import { describe, expect, it } from 'vitest'
import { MARKET_HABITS, marketNamed, MARKETS } from '../../../src/domain/catalogue/markets.ts'
import { CURRENCIES } from '../../../src/domain/money.ts'
import { marketOf } from '../../../src/http/market.ts'

const from = (acceptLanguage: string | undefined, market: 'KR' | 'JP' | 'US' | null = null) =>
  marketOf({ var: { market }, req: { header: () => acceptLanguage } as never })

describe("a reader's market", () => {
  it.each([
    ['ko-KR', 'KR'],
    ['en-US,ko-KR;q=0.9', 'US'],
    ['en;q=0.9,ko-kr;q=0.8', 'KR'],
    ['ja-JP;q=0.5,en-US;q=0.4', 'JP'],
    ['en-US;q=0, ko-KR;q=0.1', 'KR'],
    ['zh-Hant-TW, ja-Jpan-JP;q=0.3', 'JP'],
    ['en-GB', null],
    ['ko', null],
    ['*', null],
    ['', null],
    [undefined, null],
  ])('of %s is %s', (header, market) => {
    expect(from(header)).toBe(market)
  })

  it('is the one that is named, whatever the language', () => {
    expect(from('ko-KR', 'US')).toBe('US')
  })

  it('is named in any case', () => {
    expect([marketNamed('kr'), marketNamed('Us'), marketNamed('EU'), marketNamed('')]).toEqual([
      'KR',
      'US',
      null,
      null,
    ])
  })

  it('each has a currency of its own', () => {
    const currencies = MARKETS.map((market) => MARKET_HABITS[market].currency)
    expect(currencies.toSorted()).toEqual([...CURRENCIES].toSorted())
  })
})
