import type { CouponVerdict } from '../domain/coupon/verdict.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import { imagePath } from '../domain/menu/image/address.ts'
import type { LineProblem, OfferedLine } from '../domain/order/offered-line.ts'
import { chargesJson, optionsJson } from '../domain/order/order-json.ts'
import type { QuotedOrder } from '../domain/order/quote-order.ts'
import { isoTime } from './schemas/common.ts'

/** What an order would come to, with what is wrong with its lines and codes, as the API writes it. */
export const orderQuoteJson = (quote: QuotedOrder) => ({
  restaurant: quotedRestaurantJson(quote),
  currency: quote.restaurant.currency,
  at_table: quote.atTable,
  items: quote.lines.map(offeredLineJson),
  ...chargesJson(quote.charges, 0),
  total_amount: quote.totalAmount,
  coupons: quote.coupons.map(verdictJson),
  orderable: isOrderable(quote),
})

export const quotedRestaurantJson = ({ restaurant }: QuotedOrder) => ({
  id: restaurant.id,
  name: restaurant.name,
  open: restaurant.open,
  opens_at: isoTime(restaurant.opensAt),
  busy_delay_minutes: restaurant.busyDelayMinutes,
  menu_version: restaurant.menuVersion,
})

/** All of it can be ordered now, as far as lines, codes and hours go. */
export const isOrderable = ({ restaurant, lines, coupons }: QuotedOrder): boolean =>
  restaurant.open &&
  lines.every(({ problem }) => problem === null) &&
  coupons.every(({ applicable }) => applicable)

/** A line as the menu offers it now. */
export const offeredLineJson = ({ item, ...line }: OfferedLine) => ({
  menu_id: line.itemId,
  number: item?.number ?? null,
  name: item?.name ?? null,
  image_url: item?.image == null ? null : imagePath(restaurantKeyOf(line.itemId), item.image),
  options: optionsJson(line.options),
  unit_price: line.unitPrice,
  quantity: line.quantity,
  total: line.total,
  discount: line.discount,
  max_quantity: item?.maxPerOrder ?? null,
  problem: line.problem && problemJson(line.problem),
})

const problemJson = (problem: LineProblem) => ({
  reason: problem.kind,
  ...('available' in problem && { available: problem.available }),
  ...('limit' in problem && { limit: problem.limit }),
  ...('errors' in problem && { errors: problem.errors }),
})

/** What a code takes off, or why nothing. */
export const verdictJson = (verdict: CouponVerdict) =>
  verdict.applicable
    ? {
        ...{ code: verdict.code, applicable: true, discount: verdict.discount },
        ...{ reason: null, min_order_amount: null },
      }
    : {
        ...{ code: verdict.code, applicable: false, discount: 0 },
        ...{ reason: verdict.reason, min_order_amount: verdict.minOrderAmount ?? null },
      }
