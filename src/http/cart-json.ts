import type { CartLine } from '../domain/cart/cart.ts'
import type { CartView } from '../domain/cart/cart-view.ts'
import type { AdjustedLine } from '../domain/cart/merge.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import { imagePath } from '../domain/menu/image/address.ts'
import type { LineProblem, OfferedLine } from '../domain/order/offered-line.ts'
import { chargesJson, optionsJson } from '../domain/order/order-json.ts'
import type { QuotedOrder } from '../domain/order/quote-order.ts'
import { isoTime } from './schemas/common.ts'

/** Why a line cannot be ordered as it is, as the API writes it. */
export const problemJson = (problem: LineProblem | null) =>
  problem && {
    reason: problem.kind,
    ...('available' in problem && { available: problem.available }),
    ...('limit' in problem && { limit: problem.limit }),
    ...('errors' in problem && { errors: problem.errors }),
  }

/** A cart as the API writes it, with what an order of it would come to now. */
export const cartJson = ({ cart, quote, adjusted }: CartView) => ({
  cart_id: cart.version === 0 ? null : cart.id,
  version: cart.version,
  restaurant: quote && restaurantJson(quote),
  currency: quote?.restaurant.currency ?? null,
  at_table: quote?.atTable ?? false,
  items: cart.lines.flatMap((line, index) => {
    const offered = quote?.lines[index]
    return offered === undefined ? [] : [lineJson(line, offered)]
  }),
  ...chargesJson(quote?.charges, 0),
  total_amount: quote?.totalAmount ?? 0,
  orderable:
    quote !== null &&
    quote.restaurant.open &&
    quote.lines.every(({ problem }) => problem === null) &&
    quote.coupons.every(({ applicable }) => applicable),
  coupons: (quote?.coupons ?? []).map((coupon) =>
    coupon.applicable
      ? { code: coupon.code, applicable: true, discount: coupon.discount, reason: null }
      : { code: coupon.code, applicable: false, discount: 0, reason: coupon.reason },
  ),
  ...(adjusted && { adjusted: adjusted.map(adjustedJson) }),
  updated_at: cart.version === 0 ? null : isoTime(cart.updatedAt),
  expires_at: cart.version === 0 ? null : isoTime(cart.expiresAt),
})

const restaurantJson = ({ restaurant }: QuotedOrder) => ({
  id: restaurant.id,
  name: restaurant.name,
  open: restaurant.open,
  opens_at: isoTime(restaurant.opensAt),
  menu_version: restaurant.menuVersion,
})

const lineJson = (line: CartLine, offered: OfferedLine) => ({
  line_id: line.id,
  menu_id: line.itemId,
  number: offered.item?.number ?? null,
  name: offered.item?.name ?? null,
  image_url:
    offered.item?.image == null
      ? null
      : imagePath(restaurantKeyOf(line.itemId), offered.item.image),
  options: optionsJson(offered.options),
  unit_price: offered.unitPrice,
  seen_unit_price: line.seenUnitPrice,
  price_changed:
    line.seenUnitPrice !== null &&
    offered.unitPrice !== null &&
    offered.unitPrice !== line.seenUnitPrice,
  quantity: line.quantity,
  total: offered.total,
  discount: offered.discount,
  max_quantity: offered.item?.maxPerOrder ?? null,
  problem: problemJson(offered.problem),
})

const adjustedJson = ({ lineId, itemId, wanted, quantity, reason }: AdjustedLine) => ({
  line_id: lineId,
  menu_id: itemId,
  wanted,
  quantity,
  reason,
})
