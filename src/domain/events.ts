import type { Category, MenuItemWithStock } from './menu/menu.ts'
import type { ClaimState, CouponState } from './coupon/coupon.ts'
import type { OrderState } from './order/order.ts'
import type { DepositState } from './payment/deposit.ts'
import type { PaymentState, RefundState } from './payment/payment.ts'
import type { RestaurantState } from './restaurant/settings.ts'

export const ORDER_EVENT_TYPES = [
  'NEW_ORDER',
  'STATUS_CHANGED',
  'PAYMENT_CHANGED',
  'PAYMENT_COMPLETED',
  'REFUND_CHANGED',
  'ORDER_ACKNOWLEDGED',
  'ORDER_UNSEEN',
  'ORDER_FORGOTTEN',
] as const
export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number]

/** What an event is about, as it is now. Consumers replace what they have; they never add up. */
export type Subject =
  | {
      kind: 'order'
      order: OrderState
      payments: readonly PaymentState[]
      refunds: readonly RefundState[]
      /** With the first order of a visit that is paid: when the table's code was scanned. */
      scannedAt?: number
    }
  | { kind: 'item'; item: MenuItemWithStock }
  | { kind: 'category'; category: Category & { deleted: boolean } }
  /** A part of what changed at once: read models take it in, nobody is told of it. */
  | {
      kind: 'menu'
      categories: readonly (Category & { deleted: boolean })[]
      items: readonly MenuItemWithStock[]
    }
  | { kind: 'restaurant'; restaurant: RestaurantState }
  | { kind: 'table'; table: { id: string; name: string; deleted: boolean } }
  | { kind: 'deposit'; deposit: DepositState }
  | { kind: 'coupon'; coupon: CouponState }
  | { kind: 'claim'; claim: ClaimState }
  | { kind: 'visit'; visit: { id: string; tableId: string; closed: boolean } }

export type EventType =
  | OrderEventType
  | 'MENU_CHANGED'
  | 'SOLD_OUT'
  | 'RESTAURANT_CHANGED'
  | 'TABLE_CHANGED'
  | 'VISIT_CHANGED'
  /** An item's level has come to its threshold, or risen above it again. */
  | 'STOCK_LOW'
  | 'STOCK_ENOUGH'
  | 'COUPON_CHANGED'
  | 'COUPON_CLAIM_CHANGED'
  /** Money came in on the account, and nobody knows what for. */
  | 'DEPOSIT_UNMATCHED'

/** An event before it has its number. */
export interface NewEvent {
  type: EventType
  subject: Subject
  /** Words for people that came with the change (the kitchen's message, a reason). */
  message: string | null
}

/** A numbered event: `seq` has no gaps within the restaurant's `epoch`. */
export interface DomainEvent extends NewEvent {
  id: string
  restaurantId: string
  epoch: number
  seq: number
  at: number
  /** Of what caused it; earlier versions noted none. */
  traceId?: string
}

/** The number that clients see: ordered over epochs, opaque otherwise. */
export const publicSeq = (epoch: number, seq: number): number => (epoch - 1) * 2 ** 40 + seq

/** The inverse of `publicSeq`. */
export const parsePublicSeq = (value: number): { epoch: number; seq: number } => ({
  epoch: Math.floor(value / 2 ** 40) + 1,
  seq: value % 2 ** 40,
})
