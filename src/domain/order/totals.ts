import type { AmountMinor } from '../money.ts'
import type { OrderCharges, OrderLine } from './order.ts'

const WHOLE = 10_000

type Priced = Pick<OrderLine, 'unitPrice' | 'quantity' | 'discount'>
type Standing = Priced & Pick<OrderLine, 'unavailableQuantity' | 'refundedQuantity'>

/**
 * What `portions` of a line cost after their share of the discount. Any way of taking portions away
 * one after the other comes to the same sum; what does not divide goes with the last of them.
 */
export function netOf(line: Priced, portions: number): AmountMinor {
  if (line.discount === undefined) return line.unitPrice * portions
  return line.unitPrice * portions - Math.floor((line.discount * portions) / line.quantity)
}

/** The rates that an order keeps. */
export type Rates = Pick<
  OrderCharges,
  'packagingFeeAmount' | 'serviceFeeBasisPoints' | 'taxBasisPoints'
>

/** A part of an amount by basis points, halves rounded up. */
export const partOf = (amount: AmountMinor, basisPoints: number): AmountMinor =>
  Math.round((amount * basisPoints) / WHOLE)

/** The tax that an amount contains: what is over the rounded price without it. No product is inexact. */
function taxWithin(amount: AmountMinor, basisPoints: number): AmountMinor {
  const gross = WHOLE + basisPoints
  const rest = amount % gross
  const untaxed = ((amount - rest) / gross) * WHOLE + Math.round((rest * WHOLE) / gross)
  return amount - untaxed
}

/**
 * What the lines as they stand come to: discount, fees on what is left, and the tax that the total
 * contains. Nothing left to make costs no packaging either.
 */
export function chargesOf(
  lines: readonly Standing[],
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
  const taxAmount = taxWithin(totalAmount, taxBasisPoints)
  return {
    totalAmount,
    charges: {
      ...{ subtotalAmount, discountAmount: subtotalAmount - net, packagingFeeAmount },
      ...{ serviceFeeAmount, serviceFeeBasisPoints, taxAmount, taxBasisPoints },
    },
  }
}

interface Charged {
  lines: readonly Standing[]
  charges?: OrderCharges | null
}

/** What the order comes to without what the kitchen took out. */
export const totalOf = ({ lines, charges = null }: Charged): AmountMinor =>
  charges === null
    ? lines.reduce((sum, line) => sum + netOf(line, line.quantity - line.unavailableQuantity), 0)
    : chargesOf(lines, charges).totalAmount

/**
 * What of it the guest keeps paying for: without the portions that were paid back by line, too. The
 * difference that a portion makes is what it brings back, with its part of the service fee; packaging
 * comes back with the last one.
 */
export const keptOf = ({ lines, charges = null }: Charged): AmountMinor =>
  totalOf({
    charges,
    lines: lines.map((line) => ({
      ...line,
      unavailableQuantity: line.unavailableQuantity + (line.refundedQuantity ?? 0),
    })),
  })
