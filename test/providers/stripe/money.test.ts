import { describe, expect, it } from 'vitest'
import { CURRENCIES } from '../../../src/domain/money.ts'
import { STRIPE_DIGITS, stripeCurrency } from '../../../src/providers/stripe/money.ts'

/** How many of our minor units make one of the unit: what people's prices are written by. */
const ourDigits = (currency: string): number | undefined =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits

describe("Stripe's amounts", () => {
  it.each(CURRENCIES)('have the digits of ours in %s', (currency) => {
    expect(STRIPE_DIGITS[currency]).toBe(ourDigits(currency))
    expect(stripeCurrency(currency)).toBe(currency.toLowerCase())
  })

  it.each(['ISK', 'KWD', 'krw', '', 'toString'])('are not guessed in %s', (currency) => {
    expect(stripeCurrency(currency)).toBeNull()
  })
})
