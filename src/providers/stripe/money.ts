import type { Currency } from '../../domain/money.ts'

/**
 * Digits that Stripe's amounts have behind the unit (docs.stripe.com/currencies): as ours in each
 * of these, so that an amount goes over as it is. One that differs must be converted first.
 */
export const STRIPE_DIGITS: Readonly<Record<Currency, number>> = { KRW: 0, USD: 2, JPY: 0 }

/** As Stripe spells it; null for a currency whose digits nobody has checked. */
export const stripeCurrency = (currency: string): string | null =>
  Object.hasOwn(STRIPE_DIGITS, currency) ? currency.toLowerCase() : null
