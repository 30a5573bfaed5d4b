import type { ErasureBlocker } from './identity/erasure.ts'
import type { CartView } from './cart/cart-view.ts'
import type { CouponReason } from './coupon/coupon.ts'
import type { OrderPaymentStatus, OrderStatus } from './order/order.ts'
import type { Quote } from './menu/quote.ts'
import type { DepositStatus } from './payment/deposit.ts'
import type { RefundStatus } from './payment/payment.ts'
import type { SettingChangeState } from './settings/platform-settings.ts'
import type { RefundRequestState } from './support/refund-request.ts'

export interface FieldError {
  /** Path as the client wrote it, e.g. `items.0.quantity`. */
  field: string
  /** Machine-readable, e.g. `required`, `too_small`, `unknown_choice`. */
  reason: string
}

/**
 * Everything that may be refused on purpose, anywhere below HTTP. `src/http/errors.ts` maps each kind
 * to one public answer; the compiler holds that map complete.
 */
export type Refusal =
  | { kind: 'INVALID'; errors: readonly FieldError[] }
  | {
      kind: 'UNAUTHENTICATED'
      reason:
        | 'MISSING'
        | 'INVALID_TOKEN'
        | 'SESSION_ENDED'
        | 'WRONG_CREDENTIALS'
        /** Of a partner: its id, its secret or its certificate. */
        | 'WRONG_CLIENT'
        /** The token names work that has ended or changed: a fresh one says how it stands. */
        | 'MEMBERSHIP_CHANGED'
        /** A webhook does not prove that it comes from the provider. */
        | 'WEBHOOK_NOT_VERIFIED'
        /** A signed call: whatever of it is wrong. */
        | 'INVALID_SIGNATURE'
    }
  | { kind: 'FORBIDDEN'; permission: string }
  | { kind: 'NOT_FOUND'; what: string; field?: string }
  /** The path is about the deployment's default restaurant, and nobody has said which that is. */
  | { kind: 'DEFAULT_RESTAURANT_UNSET' }
  /** The lease is over, or was never the caller's: what it held is handed out anew. */
  | { kind: 'LEASE_EXPIRED' }
  | { kind: 'EMAIL_TAKEN' }
  | { kind: 'REFRESH_REUSED' }
  | { kind: 'LAST_OWNER' }
  | { kind: 'WRONG_TABLE_CODE' }
  | { kind: 'VISIT_ENDED' }
  | { kind: 'NOT_SEATED' }
  | { kind: 'SCAN_REQUIRED' }
  | { kind: 'TABLE_NAME_TAKEN'; name: string }
  | { kind: 'TABLE_HAS_OPEN_ORDERS'; orderIds: readonly string[] }
  | { kind: 'RESTAURANT_CLOSED'; opensAt: number | null }
  | { kind: 'TABLE_ORDERING_DISABLED' }
  | { kind: 'PAYMENT_METHOD_NOT_ACCEPTED'; accepted: readonly string[] }
  | { kind: 'PRICE_CHANGED'; quote: Quote }
  | { kind: 'OUT_OF_STOCK'; items: readonly { itemId: string; name: string; available: number }[] }
  | { kind: 'STOCK_BELOW_RESERVED'; itemId: string; reserved: number; level: number }
  | { kind: 'CATEGORY_NOT_EMPTY'; categoryId: string }
  | { kind: 'IMAGE_TYPE'; reason: 'unknown_type' | 'type_mismatch' }
  | { kind: 'TOO_MANY_UNPAID_ORDERS'; limit: number; per: 'GUEST' | 'VISIT' }
  | {
      kind: 'ORDER_STATE'
      status: OrderStatus
      paymentStatus: OrderPaymentStatus
      /** What was asked and cannot happen from here. */
      event: string
    }
  | { kind: 'CAPTURING'; retryAfterSeconds: number }
  | { kind: 'AMOUNT_MISMATCH'; expected: number; given: number }
  | { kind: 'PAYMENT_NOT_OPEN'; status: string }
  /** Other keys would ask another account what became of these payments; `until` they may bring money. */
  | { kind: 'PAYMENTS_OPEN'; payments: number; until: number }
  | { kind: 'PAYMENT_REFUSED'; code: string; message: string }
  /** The guest has not been through the provider's page yet; the payment is as open as before. */
  | { kind: 'PAYMENT_NOT_AUTHENTICATED' }
  | { kind: 'PAYMENT_PROVIDER_FAILED'; retryAfterSeconds: number }
  | { kind: 'REFUND_TOO_LARGE'; refundable: number }
  /** Closing or repeating a refund that is not due. */
  | { kind: 'REFUND_STATE'; status: RefundStatus }
  | { kind: 'DEPOSIT_STATE'; status: DepositStatus }
  | { kind: 'INSUFFICIENT_POINTS'; balance: number; wanted: number }
  /** Points belong to an account; a guest has none. */
  | { kind: 'POINTS_NEED_ACCOUNT' }
  /** Every claim there is has been made. */
  | { kind: 'COUPON_EXHAUSTED'; code: string }
  /** The holder's limit is reached. IN_USE: a claim of theirs stands on an unpaid order. */
  | {
      kind: 'COUPON_ALREADY_CLAIMED'
      code: string
      why: 'LIMIT_REACHED' | 'IN_USE'
      /** The holder's newest. */
      claimId: string
    }
  | {
      kind: 'COUPON_NOT_APPLICABLE'
      code: string
      reason: CouponReason
      /** What would have been needed, where that can be said. */
      minOrderAmount?: number
      startsAt?: number
      endsAt?: number
    }
  | { kind: 'COUPON_CODE_TAKEN' }
  | { kind: 'COUPON_BELOW_CLAIMED'; claimed: number }
  /** The right password, but administrators let nobody in by it. */
  | { kind: 'ACCOUNT_LOCKED' }
  /** Administrators neither change their own role nor lock or erase themselves. */
  | { kind: 'OWN_ACCOUNT' }
  /** Somebody who is let in has to administer the platform. */
  | { kind: 'LAST_ADMIN' }
  /** What has to be settled before a person can be taken out of everything. */
  | { kind: 'ERASURE_BLOCKED'; blockers: readonly ErasureBlocker[] }
  /** Nothing is given to a partner that was disabled: disabling is for good. */
  | { kind: 'PARTNER_DISABLED' }
  /** A cart holds one restaurant's items. */
  | { kind: 'CART_RESTAURANT_MISMATCH'; cartRestaurantId: string; otherRestaurantId: string | null }
  /** The item stands in several lines. */
  | { kind: 'CART_LINE_AMBIGUOUS'; lineIds: readonly string[] }
  | { kind: 'CART_EMPTY' }
  /** An order under another key is being placed from it. */
  | { kind: 'CART_CHECKOUT_IN_PROGRESS'; retryAfterSeconds: number }
  /** It has changed since the caller read it. */
  | { kind: 'VERSION'; current: CartView | { version: number } }
  /** Four eyes: whoever asked for it does not decide it. */
  | { kind: 'SAME_PERSON' }
  /** Another proposal for the setting waits for a second person. */
  | { kind: 'SETTING_CHANGE_OPEN'; changeId: string }
  /** It was decided already, or nobody did in time. */
  | { kind: 'SETTING_CHANGE_STATE'; state: SettingChangeState }
  /** Name, e-mail and whatever was written of them are gone. */
  | { kind: 'CUSTOMER_ERASED' }
  /** Another request for the order is undecided, or not carried out yet. */
  | { kind: 'REFUND_REQUEST_OPEN'; requestId: string }
  /** It was decided already. */
  | { kind: 'REFUND_REQUEST_STATE'; state: RefundRequestState }
  | { kind: 'IDEMPOTENCY_IN_PROGRESS'; retryAfterSeconds: number }
  | { kind: 'IDEMPOTENCY_KEY_REUSED' }
  | { kind: 'RATE_LIMITED'; retryAfterSeconds: number }
  /** The runtime that this deployment stands on cannot do it. */
  | { kind: 'NOT_SUPPORTED_HERE' }
  | { kind: 'TEMPORARILY_UNAVAILABLE'; retryAfterSeconds: number }
