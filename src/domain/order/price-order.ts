import type { Quote } from '../menu/quote.ts'
import { MAX_AMOUNT_MINOR, type AmountMinor } from '../money.ts'
import type { Refusal } from '../refusal.ts'
import type { RestaurantSettings } from '../restaurant/settings.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { OrderCharges } from './order.ts'
import { chargesOf, type Rates } from './totals.ts'

type Fees = Pick<
  RestaurantSettings,
  'packagingFeeAmount' | 'serviceFeeBasisPoints' | 'taxBasisPoints'
>

/** The rates of an order: service is charged at tables, packaging away from them. */
export const ratesOf = (fees: Fees, atTable: boolean): Rates => ({
  packagingFeeAmount: atTable ? 0 : fees.packagingFeeAmount,
  serviceFeeBasisPoints: atTable ? fees.serviceFeeBasisPoints : 0,
  taxBasisPoints: fees.taxBasisPoints,
})

/**
 * The quote with the discount of each line, fees and tax. Charges are null where there is nothing
 * beside the lines.
 */
export function priceOrder(
  quote: Quote,
  fees: Fees,
  atTable: boolean,
  shares: readonly AmountMinor[],
): Result<Quote & { charges: OrderCharges | null }, Refusal> {
  const rates = ratesOf(fees, atTable)
  const discounted = shares.some((share) => share > 0)
  if (!discounted && !isCharging(rates)) return ok({ ...quote, charges: null })
  const lines = discounted
    ? quote.lines.map((line, index) => {
        const discount = shares[index] ?? 0
        return discount > 0 ? { ...line, discount } : line
      })
    : quote.lines
  const priced = chargesOf(
    lines.map((line) => ({ ...line, unavailableQuantity: 0 })),
    rates,
  )
  if (priced.totalAmount > MAX_AMOUNT_MINOR)
    return refuse({ kind: 'INVALID', errors: [{ field: 'items', reason: 'total_too_large' }] })
  return ok({ ...quote, ...priced, lines })
}

const isCharging = (rates: Rates): boolean =>
  rates.packagingFeeAmount > 0 || rates.serviceFeeBasisPoints > 0 || rates.taxBasisPoints > 0
