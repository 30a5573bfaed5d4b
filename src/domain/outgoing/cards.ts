import { MARKET_HABITS, marketNamed } from '../catalogue/markets.ts'
import type { Locale } from '../locale.ts'
import { clockText } from './clock-text.ts'
import { moneyText } from '../money-text.ts'
import { madeOf, type OrderData, type OrderDataLine } from './order-data.ts'
import type { RestaurantSettings } from '../restaurant/settings.ts'

/** An order for people, as plain text: what a service would obey in it, its adapter takes away. */
export interface OrderCard {
  /** The same for every try. */
  id: string
  title: string
  lines: readonly string[]
  facts: readonly { name: string; value: string }[]
  /** When it was placed. */
  at: number
}

const WORDS = {
  ko: {
    title: (number: string) => `새 주문 ${number}`,
    table: '테이블',
    takeAway: '포장',
    total: '합계',
    time: '주문 시각',
    more: (count: number) => `외 ${count}개 항목`,
  },
  en: {
    title: (number: string) => `New order ${number}`,
    table: 'Table',
    takeAway: 'take-away',
    total: 'Total',
    time: 'Ordered at',
    more: (count: number) => `and ${count} more`,
  },
} as const

const MAX_LINES = 25
const MAX_LINE_CHARS = 120

/** The card of an order, in the language and by the clocks of the restaurant's market. */
export function cardOf(
  id: string,
  { order }: OrderData,
  { name, market, timezone }: Pick<RestaurantSettings, 'name' | 'market' | 'timezone'>,
): OrderCard {
  const locale: Locale = MARKET_HABITS[marketNamed(market) ?? 'KR'].locale
  const words = WORDS[locale]
  const made = order.items.filter((line) => madeOf(line).quantity > 0)
  const more = made.length - MAX_LINES
  const placedAt = Date.parse(order.placed_at)
  return {
    id,
    title: `[${oneLine(name)}] ${words.title(order.order_number)}`,
    lines: [
      ...made.slice(0, MAX_LINES).map((line) => lineText(line, locale, order.currency)),
      ...(more > 0 ? [words.more(more)] : []),
    ],
    facts: [
      {
        name: words.table,
        value: order.table === null ? words.takeAway : oneLine(order.table.name),
      },
      { name: words.total, value: moneyText(locale, order.total_amount, order.currency) },
      { name: words.time, value: clockText(placedAt, timezone) },
    ],
    at: placedAt,
  }
}

function lineText(line: OrderDataLine, locale: Locale, currency: string): string {
  const { quantity, amount } = madeOf(line)
  const options = line.options.map(({ choice }) => choice).join(', ')
  const what = clipped(oneLine(options === '' ? line.name : `${line.name} (${options})`))
  return `${what} × ${quantity}  ${moneyText(locale, amount, currency)}`
}

/** A name with line breaks in it must not look like another line, nor turn the rest around. */
const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ')

const clipped = (text: string): string => {
  const characters = Array.from(text)
  return characters.length <= MAX_LINE_CHARS
    ? text
    : `${characters.slice(0, MAX_LINE_CHARS - 1).join('')}…`
}
