import type { QuotedOrder } from '../order/quote-order.ts'
import type { CartState } from './cart.ts'
import type { AdjustedLine } from './merge.ts'

/** A cart, and what an order of it would come to now. */
export interface CartView {
  cart: CartState
  /** Of the cart's lines, in their order; null where there are none. */
  quote: QuotedOrder | null
  /** After a merge: what of the other cart found no room. */
  adjusted?: readonly AdjustedLine[]
}
