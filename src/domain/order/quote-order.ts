import type { Candidate, CouponVerdict } from '../coupon/verdict.ts'
import { judgeCodes } from '../coupon/verdict.ts'
import type { Locale } from '../locale.ts'
import type { MenuItemWithStock } from '../menu/menu.ts'
import type { RequestedLine } from '../menu/quote.ts'
import type { AmountMinor, Currency } from '../money.ts'
import { openingOf, type Opening } from '../restaurant/opening.ts'
import type { RestaurantState } from '../restaurant/settings.ts'
import { offerLines, type OfferedLine } from './offered-line.ts'
import type { OrderCharges } from './order.ts'
import { ratesOf } from './price-order.ts'
import { chargesOf } from './totals.ts'

/** What an order of the lines would come to now, line by line; nothing in it is a promise. */
export interface QuotedOrder {
  lines: readonly OfferedLine[]
  /** Of the lines that can be ordered. */
  charges: OrderCharges
  totalAmount: AmountMinor
  /** One for each code that was asked for, in that order; a code in two spellings is one. */
  coupons: readonly CouponVerdict[]
  atTable: boolean
  restaurant: { id: string; name: string; currency: Currency; menuVersion: number } & Opening
}

interface QuotingState {
  restaurant: RestaurantState
  menu: ReadonlyMap<string, MenuItemWithStock>
  codes: readonly Candidate[]
}

/** The quote of an order, whatever is wrong with its lines and codes: each says it of itself. */
export function quoteOrder(
  { restaurant, menu, codes }: QuotingState,
  { lines, atTable, locale }: { lines: readonly RequestedLine[]; atTable: boolean; locale: Locale },
  now: number,
): QuotedOrder {
  const offered = offerLines(lines, menu, locale)
  const orderable = offered.flatMap(({ itemId, item, quantity, unitPrice, problem }, index) =>
    problem !== null || item === null || unitPrice === null
      ? []
      : [{ index, itemId, categoryId: item.categoryId, quantity, unitPrice }],
  )
  const discounted = orderable.map(({ itemId, categoryId, quantity, unitPrice }) => ({
    ...{ itemId, categoryId },
    total: unitPrice * quantity,
  }))
  const { verdicts, shares } = judgeCodes(codes, discounted, now)
  const priced = orderable.map((line, at) => ({
    ...line,
    unavailableQuantity: 0,
    discount: shares[at] ?? 0,
  }))
  const shareOf = new Map(priced.map(({ index, discount }) => [index, discount]))
  const { id, name, currency, menuVersion } = restaurant
  return {
    ...chargesOf(priced, ratesOf(restaurant, atTable)),
    lines: offered.map((line, index) => ({ ...line, discount: shareOf.get(index) ?? 0 })),
    coupons: verdicts,
    atTable,
    restaurant: { id, name, currency, menuVersion, ...openingOf(restaurant, now) },
  }
}
