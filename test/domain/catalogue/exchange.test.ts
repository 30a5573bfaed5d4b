import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conversionOf,
  converted,
  parseRate,
  rateText,
  type ExchangeRate,
} from '../../../src/domain/catalogue/exchange.ts'
import { CURRENCIES, type Currency } from '../../../src/domain/money.ts'
import { MAX_ITEM_PRICE } from '../../../src/domain/menu/price.ts'

const said = (base: Currency, quote: Currency, text: string, day = '2026-11-20'): ExchangeRate => {
  const parsed = parseRate(base, quote, text)
  if (!parsed.ok) throw new Error(parsed.refusal.reason)
  return { base, quote, day, rateMillionths: parsed.value }
}

const shown = (rates: readonly ExchangeRate[], from: Currency, to: Currency, amount: number) => {
  const conversion = conversionOf(rates, from, to)
  return conversion && [converted(amount, conversion), rateText(conversion), conversion.day]
}

describe('a rate as people write it', () => {
  it.each([
    ['USD', 'KRW', '1385.5', 13_855_000],
    ['USD', 'KRW', '1385', 13_850_000],
    ['KRW', 'USD', '0.00072176', 72_176],
    ['KRW', 'JPY', '0.1096', 109_600],
    ['JPY', 'KRW', '9.12', 9_120_000],
    ['JPY', 'KRW', '0009.120', 9_120_000],
    ['USD', 'JPY', '151.9', 1_519_000],
  ] as const)('%s to %s at %s', (base, quote, text, millionths) => {
    expect(parseRate(base, quote, text)).toEqual({ ok: true, value: millionths })
  })

  it.each([
    ['', 'invalid_format'],
    ['-1', 'invalid_format'],
    ['1e3', 'invalid_format'],
    ['1,385.5', 'invalid_format'],
    ['.5', 'invalid_format'],
    ['1.', 'invalid_format'],
    ['NaN', 'invalid_format'],
    ['1000000000000', 'invalid_format'],
    ['0', 'too_small'],
    ['0.000', 'too_small'],
    ['0.000000001', 'too_precise'],
    ['999999999', 'too_big'],
  ])('%j is refused as %s', (text, reason) => {
    expect(parseRate('JPY', 'KRW', text)).toEqual({
      ok: false,
      refusal: { field: 'rate', reason },
    })
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURRENCIES),
        fc.constantFrom(...CURRENCIES),
        fc.integer({ min: 1, max: 99_999_999 }),
        fc.integer({ min: 0, max: 8 }),
        (base, quote, digits, places) => {
          const whole = String(digits).padStart(places + 1, '0')
          const text = places === 0 ? whole : `${whole.slice(0, -places)}.${whole.slice(-places)}`
          const parsed = parseRate(base, quote, text)
          fc.pre(base !== quote && parsed.ok)
          const conversion = conversionOf(
            [{ base, quote, day: '2026-11-20', rateMillionths: parsed.value }],
            base,
            quote,
          )!
          const plain = text.replace(/^0+(?=\d)/, '')
          expect(rateText(conversion)).toBe(
            places === 0 ? plain : plain.replace(/0+$/, '').replace(/\.$/, ''),
          )
        },
      ),
    )
  })
})

describe('an amount in another currency', () => {
  const dollar = said('USD', 'KRW', '1385.5')

  it.each([
    // 18,000 won at 1,385.5 are 12.991… dollars.
    [[dollar], 'KRW', 'USD', 18_000, [1_299, '0.0007217611', '2026-11-20']],
    [[dollar], 'USD', 'KRW', 1_299, [17_998, '1385.5', '2026-11-20']],
    [[dollar], 'KRW', 'USD', 0, [0, '0.0007217611', '2026-11-20']],
    [[said('KRW', 'JPY', '0.5')], 'KRW', 'JPY', 1, [1, '0.5', '2026-11-20']],
    [[said('KRW', 'JPY', '0.5')], 'KRW', 'JPY', 3, [2, '0.5', '2026-11-20']],
    [[said('KRW', 'JPY', '0.499999')], 'KRW', 'JPY', 1, [0, '0.499999', '2026-11-20']],
    [[], 'KRW', 'USD', 18_000, null],
    [[said('JPY', 'KRW', '9')], 'KRW', 'USD', 18_000, null],
    [[dollar], 'KRW', 'KRW', 18_000, null],
  ] as const)(
    '%#: rounds halves up, and is nothing without a rate',
    (rates, from, to, amount, is) => {
      expect(shown(rates, from, to, amount)).toEqual(is)
    },
  )

  it('goes by the newer of a rate and its inverse, the rate itself on the same day', () => {
    const inverse = said('KRW', 'USD', '0.001', '2026-11-19')
    expect(shown([inverse, dollar], 'KRW', 'USD', 18_000)?.[0]).toBe(1_299)
    const newer = said('KRW', 'USD', '0.001', '2026-11-21')
    expect(shown([newer, dollar], 'KRW', 'USD', 18_000)).toEqual([1_800, '0.001', '2026-11-21'])
    const today = said('KRW', 'USD', '0.001')
    expect(shown([dollar, today], 'KRW', 'USD', 18_000)?.[0]).toBe(1_800)
  })

  it('goes over the won where nobody said the rate, and is as old as the older of the two', () => {
    const yen = said('JPY', 'KRW', '9.5', '2026-11-18')
    // 10 dollars are 13,855 won, which are 1,458.4 yen.
    expect(shown([dollar, yen], 'USD', 'JPY', 1_000)).toEqual([
      1_458,
      '145.8421052632',
      '2026-11-18',
    ])
    const own = said('USD', 'JPY', '150', '2020-01-01')
    expect(shown([dollar, yen, own], 'USD', 'JPY', 1_000)).toEqual([1_500, '150', '2020-01-01'])
  })

  it('is never off by more than half a unit, for any price and rate', () => {
    fc.assert(
      fc.property(
        fc.nat(MAX_ITEM_PRICE),
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.boolean(),
        (amount, rateMillionths, inverse) => {
          const rate = { day: '2026-11-20', rateMillionths }
          const rates: ExchangeRate[] = [
            inverse
              ? { ...rate, base: 'USD', quote: 'KRW' }
              : { ...rate, base: 'KRW', quote: 'USD' },
          ]
          const conversion = conversionOf(rates, 'KRW', 'USD')!
          const result = converted(amount, conversion)
          if (result === null) return
          const { numerator, denominator } = conversion
          const twiceOff = 2n * (BigInt(result) * denominator - BigInt(amount) * numerator)
          expect(twiceOff <= denominator && -denominator < twiceOff).toBe(true)
        },
      ),
    )
  })

  it('is nothing where numbers end', () => {
    const rates: ExchangeRate[] = [
      { base: 'USD', quote: 'KRW', day: '2026-11-20', rateMillionths: 1_000_000_000_000 },
    ]
    expect(shown(rates, 'USD', 'KRW', Number.MAX_SAFE_INTEGER)?.[0]).toBeNull()
  })
})
