import type { AmountMinor, Currency } from '../money.ts'
import type { PaymentMethod, PaymentPolicy } from '../restaurant/settings.ts'

export const ORDER_STATUSES = [
  'PENDING',
  'ACCEPTED',
  'READY',
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const ORDER_PAYMENT_STATUSES = [
  'UNPAID',
  'PENDING',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'REFUND_DUE',
] as const
export type OrderPaymentStatus = (typeof ORDER_PAYMENT_STATUSES)[number]

export interface ChosenOption {
  optionId: string
  optionName: string
  choiceId: string
  choiceName: string
  priceDelta: AmountMinor
}

/** A line keeps what was ordered as it was then: later edits of the menu do not reach it. */
export interface OrderLine {
  id: string
  itemId: string
  itemNumber: number
  name: string
  options: readonly ChosenOption[]
  unitPrice: AmountMinor
  quantity: number
  total: AmountMinor
  /** Portions taken out by the kitchen when it accepted. */
  unavailableQuantity: number
  /** Portions paid back by line; absent while there are none. */
  refundedQuantity?: number
  /** The line's share of the order's discount when all its portions are made; absent while there is none. */
  discount?: AmountMinor
}

/** A coupon that stands on the order; its terms are those of the moment the order took it. */
export interface OrderCoupon {
  couponId: string
  claimId: string
  code: string
  /** What it took off when the order was placed. */
  discount: AmountMinor
}

/** What stands beside the lines; kept with its rates, so that later settings do not reach it. */
export interface OrderCharges {
  /** Lines as they stand, before discount and fees. */
  subtotalAmount: AmountMinor
  discountAmount: AmountMinor
  /** Once per take-away order. */
  packagingFeeAmount: AmountMinor
  /** Of the lines after discount, at a table. */
  serviceFeeAmount: AmountMinor
  serviceFeeBasisPoints: number
  /** Contained in the total, not added to it. */
  taxAmount: AmountMinor
  taxBasisPoints: number
}

/** An order with everything that lists, boards and consumers need; events carry it whole. */
export interface OrderState {
  id: string
  number: string
  /** `YYYY-MM-DD` of the restaurant's business day. */
  businessDay: string
  status: OrderStatus
  paymentStatus: OrderPaymentStatus
  paymentPolicy: PaymentPolicy
  paymentMethod: PaymentMethod
  currency: Currency
  /** What the guest owes: lines less what the kitchen took out. */
  totalAmount: AmountMinor
  /** What it was when placed. */
  placedAmount: AmountMinor
  capturedAmount: AmountMinor
  refundedAmount: AmountMinor
  /** Captured money that no machine could pay back yet. */
  refundDueAmount: AmountMinor
  tableId: string | null
  tableName: string | null
  visitId: string | null
  sessionId: string
  userId: string | null
  specialRequests: string | null
  lines: readonly OrderLine[]
  placedAt: number
  /** When an unpaid prepaid order ends by itself; null once paid, or where payment comes after. */
  expiresAt: number | null
  /** `expiresAt` as first promised; the answer to a repeated placing says it again. */
  firstExpiresAt: number | null
  /** Opening a payment extended the hold; that happens once. */
  holdExtended: boolean
  /** When the deadline on acceptance falls; null while it may not be accepted, and afterwards. */
  acceptBy: number | null
  acceptedAt: number | null
  estimatedReadyAt: number | null
  readyAt: number | null
  completedAt: number | null
  /** Rejected, cancelled or expired at. */
  endedAt: number | null
  endReason: string | null
  /** The kitchen's words to the guest at acceptance. */
  message: string | null
  /** First tablet that saw it; the board rings until then. */
  acknowledgedAt: number | null
  /** It has been ringing for too long; absent in states from before this was kept. */
  unseenSince?: number | null
  /** Null or absent: no discount, no fee, no stated tax; the total is the lines' sum. */
  charges?: OrderCharges | null
  /** Null or absent: none. */
  coupons?: readonly OrderCoupon[] | null
}
