import type { AmountMinor } from '../money.ts'
import type { OrderCharges, OrderLine } from './order.ts'

const WHOLE = 10_000

type Priced = Pick<OrderLine, 'unitPrice' | 'quantity' | 'discount'>

/**
 * What the first `portions` of a line cost after its share of the discount. Any way of taking portions
 * away one after the other comes to the same sum: rounding is for the guest who keeps fewer of them.
 */
export function netOf(line: Priced, portions: number): AmountMinor {
  const share = line.quantity === 0 ? 0 : (line.discount ?? 0) * portions
  return line.unitPrice * portions - Math.floor(share / line.quantity || 0)
}

/** The rates that an order keeps. */
export type Rates = Pick<
  OrderCharges,
  'packagingFeeAmount' | 'serviceFeeBasisPoints' | 'taxBasisPoints'
>

/** A part of an amount by basis points, halves rounded up. */
export const partOf = (amount: AmountMinor, basisPoints: number): AmountMinor =>
  Math.round((amount * basisPoints) / WHOLE)

/**
 * What the lines as they stand come to: discount, fees on what is left, and the tax that the total
 * contains. Nothing left to make costs no packaging either.
 */
export function chargesOf(
  lines: readonly (Priced & Pick<OrderLine, 'unavailableQuantity'>)[],
  rates: Rates,
): { charges: OrderCharges; totalAmount: AmountMinor } {
  let subtotalAmount = 0
  let net = 0
  let portions = 0
  for (const line of lines) {
    const made = line.quantity - line.unavailableQuantity
    portions += made
    subtotalAmount += line.unitPrice * made
    net += netOf(line, made)
  }
  const packagingFeeAmount = portions === 0 ? 0 : rates.packagingFeeAmount
  const serviceFeeAmount = partOf(net, rates.serviceFeeBasisPoints)
  const totalAmount = net + packagingFeeAmount + serviceFeeAmount
  const { taxBasisPoints, serviceFeeBasisPoints } = rates
  const taxAmount = totalAmount - Math.round((totalAmount * WHOLE) / (WHOLE + taxBasisPoints))
  return {
    totalAmount,
    charges: {
      ...{ subtotalAmount, discountAmount: subtotalAmount - net, packagingFeeAmount },
      ...{ serviceFeeAmount, serviceFeeBasisPoints, taxAmount, taxBasisPoints },
    },
  }
}
