import type { Trouble } from '../lib/outcome.ts'
import type { Line } from './cart.ts'
import type { Barred, Item, Menu, Quote } from './state.ts'
import type { GuestWord } from './words.ts'

/** Something to be said, with what stands in it. */
export interface Saying {
  word: GuestWord
  values?: Readonly<Record<string, string | number>>
}

type Restaurant = Pick<Menu['restaurant'], 'open' | 'table_ordering_enabled'>

/** Why nobody can order here just now; null while they can. */
export function obstacleOf(
  barred: Barred | null,
  { open, table_ordering_enabled: takesOrders }: Restaurant,
): GuestWord | null {
  if (!takesOrders) return 'orderingOff'
  return barred ?? (open ? null : 'closed')
}

type Quoted = Quote['items'][number]

/** Why a line of the cart cannot be ordered as it is; null where it can. */
export function troubleOf(
  line: Pick<Line, 'choices'>,
  item: Item | undefined,
  quoted: Pick<Quoted, 'problem'> | undefined,
): Saying | null {
  if (item === undefined) return { word: 'lineGone' }
  if (!item.is_available) return { word: 'lineSoldOut' }
  const offered = new Set(item.options.flatMap(({ choices }) => choices.map(({ id }) => id)))
  if (line.choices.some(({ choiceId }) => !offered.has(choiceId))) return { word: 'lineOptions' }
  const { reason, available = 0, limit = 0 } = quoted?.problem ?? {}
  switch (reason) {
    case undefined:
      return null
    case 'ITEM_GONE':
      return { word: 'lineGone' }
    case 'SOLD_OUT':
      return { word: 'lineSoldOut' }
    case 'NOT_ENOUGH':
      return available > 0
        ? { word: 'lineFew', values: { count: available } }
        : { word: 'lineSoldOut' }
    case 'ABOVE_LIMIT':
      return { word: 'lineLimit', values: { count: limit } }
    case 'OPTION_GONE':
    case 'OPTIONS_INVALID':
      return { word: 'lineOptions' }
    case 'TOTAL_TOO_LARGE':
      return { word: 'lineTooLarge' }
  }
}

/** What became of an order that was not taken, in our words; null: the server's own say it better. */
export function sayingOf({ reason, code }: Trouble): GuestWord | null {
  const ours: Partial<Record<string, GuestWord>> = {
    PRICE_CHANGED: 'priceChanged',
    TOO_OLD: 'tooOld',
    VISIT_ENDED: 'scanAgain',
    SCAN_REQUIRED: 'scanFirst',
    WRONG_TABLE_CODE: 'wrongCode',
    NOT_SEATED: 'notSeated',
  }
  return ours[reason ?? code] ?? null
}

/** What a refusal says of dishes that ran out: their names, with what is left of each. */
export function shortagesOf({
  reason,
  details,
}: Trouble): readonly { name: string; left: number }[] {
  if (reason !== 'OUT_OF_STOCK' || !Array.isArray(details.items)) return []
  return (details.items as Record<string, unknown>[]).flatMap(({ name, available }) =>
    typeof name === 'string' ? [{ name, left: typeof available === 'number' ? available : 0 }] : [],
  )
}

/** The sum that a refusal for its price names; null where it names none. */
export function newTotalOf({ details }: Trouble): number | null {
  const { total_amount: total } = (details.quote ?? {}) as Record<string, unknown>
  return typeof total === 'number' ? total : null
}

const REASONS: Readonly<Record<string, GuestWord>> = {
  UNKNOWN: 'couponUnknown',
  ENDED: 'couponEnded',
  INACTIVE: 'couponEnded',
  NOT_STARTED: 'couponEarly',
  EXHAUSTED: 'couponGone',
  ACCOUNT_NEEDED: 'couponAccount',
  NO_ELIGIBLE_ITEMS: 'couponItems',
  NOTHING_TO_TAKE_OFF: 'couponItems',
  LIMIT_REACHED: 'couponLimit',
  IN_USE: 'couponInUse',
}

type Verdict = Pick<Quote['coupons'][number], 'reason' | 'min_order_amount'>

/** Why a coupon takes nothing off, and what it would need. */
export function couponTrouble(
  { reason, min_order_amount: least }: Verdict,
  money: (amount: number) => string,
): Saying {
  if (reason === 'BELOW_MIN_ORDER_AMOUNT')
    return least === null
      ? { word: 'couponSmall' }
      : { word: 'couponBelow', values: { sum: money(least) } }
  return { word: REASONS[reason ?? ''] ?? 'couponNot' }
}

type Method = Menu['restaurant']['payment_methods'][number]

/** Points that cover all of it leave nothing for another method; a part of it leaves no room for "all". */
export const methodsFor = (
  offered: readonly Method[],
  { points, total }: { points: number; total: number },
): readonly Method[] =>
  points > 0 && points >= total ? ['POINTS'] : offered.filter((method) => method !== 'POINTS')

/** Points are won, and are taken where the restaurant takes them. */
export const takesPoints = ({
  payment_methods: methods,
  currency,
}: Pick<Menu['restaurant'], 'payment_methods' | 'currency'>): boolean =>
  methods.includes('POINTS') && currency === 'KRW'
