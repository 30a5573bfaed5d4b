import type { CouponReason } from '../../domain/coupon/coupon.ts'
import type { Guidance } from '../../domain/payment/guidance.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Locale } from '../context.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

/** One text per kind of refusal (per reason or guidance where the advice differs), and HTTP's own. */
export type MessageKey =
  | Exclude<Refusal['kind'], 'UNAUTHENTICATED' | 'PAYMENT_REFUSED' | 'COUPON_NOT_APPLICABLE'>
  | Guidance
  | `COUPON_${CouponReason}`
  | Extract<Refusal, { kind: 'UNAUTHENTICATED' }>['reason']
  /** STOCK_BELOW_RESERVED where no order holds any. */
  | 'STOCK_BELOW_ZERO'
  | 'ROUTE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'CONTENT_ENCODING'
  | 'INTERNAL_ERROR'

export type Messages = Record<MessageKey, string>

export const messages: Record<Locale, Messages> = { ko, en }
