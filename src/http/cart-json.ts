import type { CartLine } from '../domain/cart/cart.ts'
import type { CartView } from '../domain/cart/cart-view.ts'
import type { AdjustedLine } from '../domain/cart/merge.ts'
import type { OfferedLine } from '../domain/order/offered-line.ts'
import { chargesJson } from '../domain/order/order-json.ts'
import {
  isOrderable,
  offeredLineJson,
  quotedRestaurantJson,
  verdictJson,
} from './order-quote-json.ts'
import { isoTime } from './schemas/common.ts'

/** A cart as the API writes it, with what an order of it would come to now. */
export const cartJson = ({ cart, quote, adjusted }: CartView) => ({
  cart_id: cart.version === 0 ? null : cart.id,
  version: cart.version,
  restaurant: quote && quotedRestaurantJson(quote),
  currency: quote?.restaurant.currency ?? null,
  at_table: quote?.atTable ?? false,
  items: cart.lines.flatMap((line, index) => {
    const offered = quote?.lines[index]
    return offered === undefined ? [] : [lineJson(line, offered)]
  }),
  ...chargesJson(quote?.charges, 0),
  total_amount: quote?.totalAmount ?? 0,
  coupons: (quote?.coupons ?? []).map(verdictJson),
  orderable: quote !== null && isOrderable(quote),
  ...(adjusted && { adjusted: adjusted.map(adjustedJson) }),
  updated_at: cart.version === 0 ? null : isoTime(cart.updatedAt),
  expires_at: cart.version === 0 ? null : isoTime(cart.expiresAt),
})

const lineJson = ({ id, seenUnitPrice }: CartLine, offered: OfferedLine) => ({
  line_id: id,
  ...offeredLineJson(offered),
  seen_unit_price: seenUnitPrice,
  price_changed:
    seenUnitPrice !== null && offered.unitPrice !== null && offered.unitPrice !== seenUnitPrice,
})

const adjustedJson = ({ lineId, itemId, wanted, quantity, reason }: AdjustedLine) => ({
  line_id: lineId,
  menu_id: itemId,
  wanted,
  quantity,
  reason,
})
