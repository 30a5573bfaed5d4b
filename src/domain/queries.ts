import type { Asker } from './actor.ts'
import type { ClaimState, ClaimStatus, CouponState, CouponStats } from './coupon/coupon.ts'
import type { DomainEvent } from './events.ts'
import type { ProductView } from './catalogue/product.ts'
import type { Locale } from './locale.ts'
import type { Category, MenuItemWithStock, StockLevel } from './menu/menu.ts'
import type { RequestedLine } from './menu/quote.ts'
import type { TaggedText } from './menu/tagged-text.ts'
import type { Currency } from './money.ts'
import type { DayStatistics } from './order/day-statistics.ts'
import type { OrderState, OrderStatus } from './order/order.ts'
import type { QuotedOrder } from './order/quote-order.ts'
import type { DepositState, DepositStatus } from './payment/deposit.ts'
import type { PaymentState, RefundState } from './payment/payment.ts'
import type { RebuildRows, RebuildSection } from './rebuilding.ts'
import type { Refusal } from './refusal.ts'
import type { Opening } from './restaurant/opening.ts'
import type { SealedSecrets, SecretHint, SecretName } from './restaurant/secrets.ts'
import type { RestaurantState } from './restaurant/settings.ts'
import type { MovementFilter, StockMovement } from './stock/movement.ts'
import type { TableState, VisitState } from './restaurant/table.ts'
import type { Result } from './result.ts'

/** An order with its payments and refunds. */
export interface OrderView {
  order: OrderState
  payments: readonly PaymentState[]
  refunds: readonly RefundState[]
}

export interface BoardFilter {
  /** `open` = everything not ended or completed. */
  status: OrderStatus | 'open' | null
  tableId: string | null
  businessDay: string | null
  /** Order number, item name or request, as substring. */
  text: string | null
  limit: number
  /** Exclusive upper bound: the last order id of the page before. */
  beforeId: string | null
}

export interface Menu {
  restaurant: RestaurantState
  opening: Opening
  categories: readonly (Category & { items: readonly MenuItemWithStock[] })[]
}

/** Every question to the restaurant. One file per query in restaurant/queries/. */
export interface Queries {
  restaurant: { input: object; value: RestaurantState }
  /** For those who work there: settings, what is kept secret (never itself), and what holds now. */
  'own-restaurant': {
    input: object
    value: { restaurant: RestaurantState; secrets: readonly SecretHint[]; opening: Opening }
  }
  /** For the system alone: a secret as it was sealed; null where there is none. */
  'sealed-secret': { input: { name: SecretName }; value: string | null }
  /** For the system alone: those of the names that are kept, as they were sealed. */
  'sealed-secrets': {
    input: { names: readonly SecretName[] }
    value: SealedSecrets
  }
  /** The whole menu, stock and all. */
  menu: { input: object; value: Menu }
  /**
   * The public menu as JSON, behind its tag (menu/tagged-text.ts). The tag changes with every byte of it; a
   * reader who knows the one that stands gets no text. An id that only carries the restaurant's key is
   * NOT_FOUND.
   */
  'menu-text': {
    input: { restaurantId: string; locale: Locale; known: readonly string[] }
    value: TaggedText
  }
  item: { input: { itemId: string }; value: MenuItemWithStock }
  /** An item as everybody may see it, with what it takes to show it. */
  product: { input: { itemId: string }; value: ProductView }
  /** A business day's totals; null = the day that runs now. */
  statistics: { input: { day: string | null }; value: DayStatistics }
  tables: { input: object; value: readonly TableState[] }
  table: { input: { tableId: string }; value: TableState }
  /** Orders of the table's current visit; of others' orders a guest gets lines and sums. */
  'table-orders': {
    input: { tableId: string }
    value: {
      table: TableState
      visit: VisitState | null
      currency: Currency
      orders: readonly OrderState[]
      /** Ids of those whose money is being asked for right now. */
      capturing: readonly string[]
    }
  }
  /**
   * What an order would come to for the asker. Bad lines and codes are never refused: each says what is
   * wrong with it. `atTable` null: where the asker's visit is.
   */
  'quote-order': {
    input: {
      lines: readonly RequestedLine[]
      /** As they were typed. */
      couponCodes: readonly string[]
      atTable: boolean | null
      locale: Locale
    }
    value: QuotedOrder
  }
  /** Own orders for guests, any for staff; another's is NOT_FOUND. */
  order: { input: { orderId: string }; value: OrderView }
  /** For the system alone: the order that this account or session placed under the key. */
  'order-under-key': {
    input: { owner: string; key: string }
    /** `failed`: it ended because its points were refused. */
    value: { orderId: string; fingerprint: string; failed: boolean } | null
  }
  /** The asker's orders here, newest first. */
  'own-orders': { input: { limit: number; beforeId: string | null }; value: readonly OrderState[] }
  board: { input: BoardFilter; value: readonly OrderState[] }
  /** `itemId`: of this item alone; null or left out: of every item on the menu. */
  'stock-levels': {
    input: { itemId?: string | null }
    value: readonly { itemId: string; name: string; stock: StockLevel | null }[]
  }
  /** Newest first. A page may be short and go on all the same: `nextBefore` says where, null at the end. */
  'stock-movements': {
    input: { filter: MovementFilter; limit: number; beforeId: number | null }
    value: {
      movements: readonly (StockMovement & { itemName: string })[]
      nextBefore: number | null
    }
  }
  payment: { input: { paymentId: string }; value: { payment: PaymentState; order: OrderState } }
  /** For the system: is this refund still owed? */
  refund: {
    input: { refundId: string }
    value: {
      refund: RefundState
      payment: PaymentState
      order: OrderState
      sealedAccount: string | null
    }
  }
  /** Newest first. */
  deposits: {
    input: { status: DepositStatus | null; limit: number; beforeId: string | null }
    value: readonly DepositState[]
  }
  coupon: { input: { couponId: string }; value: CouponState }
  /** For the system: did registering this code lead to a coupon? */
  'coupon-by-code': { input: { code: string }; value: CouponState }
  /** Newest first; `before` is the last of the page before. */
  coupons: {
    input: { limit: number; before: { createdAt: number; id: string } | null }
    value: readonly CouponState[]
  }
  /** What the asker's account or session has here, newest first; as it is now. */
  'own-claims': {
    input: { status: ClaimStatus | null; limit: number; beforeId: string | null }
    value: readonly { claim: ClaimState; coupon: CouponState }[]
  }
  'coupon-stats': { input: { couponId: string }; value: CouponStats }
  /** For the system alone: entries of the agenda that were given up and wait for people. */
  'given-up-entries': { input: object; value: number }
  /** Events after the projection's watermark, oldest first. */
  'events-after': { input: { seq: number; limit: number }; value: readonly DomainEvent[] }
  /** Rows for a rebuild: a section's in id order, with the number of the newest event they include. */
  'rebuild-page': {
    input: { section?: RebuildSection; afterId: string | null; limit: number }
    value: {
      restaurant: RestaurantState
      page: RebuildRows
      epoch: number
      asOfSeq: number
      nextAfterId: string | null
    }
  }
}

export type QueryType = keyof Queries
export type Query<T extends QueryType = QueryType> = {
  [K in T]: { type: K } & Queries[K]['input']
}[T]
export type QueryOutcome<T extends QueryType = QueryType> = Result<Queries[T]['value'], Refusal>
export interface QueryEnvelope<T extends QueryType = QueryType> {
  query: Query<T>
  asker: Asker
}
