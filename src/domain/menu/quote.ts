import type { AmountMinor, Currency } from '../money.ts'
import type { ChosenOption, OrderCharges, OrderCoupon } from '../order/order.ts'

/** One entry of an order as the guest sent it. */
export interface RequestedLine {
  itemId: string
  quantity: number
  /** A choice by id or name; an option that takes several is repeated. */
  options: readonly { optionId: string; choice: string }[]
}

export interface QuotedLine {
  itemId: string
  itemNumber: number
  name: string
  options: readonly ChosenOption[]
  unitPrice: AmountMinor
  quantity: number
  total: AmountMinor
  /** As an order line's. */
  discount?: AmountMinor
}

/** What an order would cost now. */
export interface Quote {
  lines: readonly QuotedLine[]
  totalAmount: AmountMinor
  currency: Currency
  menuVersion: number
  /** As an order's: what stands beside the lines, and what took the discount off. */
  charges?: OrderCharges | null
  coupons?: readonly Pick<OrderCoupon, 'code' | 'discount'>[] | null
}
