import type { AmountMinor, Currency } from '../money.ts'
import type { ChosenOption } from '../order/order.ts'

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
}

/** What an order would cost now. */
export interface Quote {
  lines: readonly QuotedLine[]
  totalAmount: AmountMinor
  currency: Currency
  menuVersion: number
}
