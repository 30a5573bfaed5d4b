import type { MenuItem, StockLevel } from '../menu/menu.ts'
import type { OrderState } from '../order/order.ts'
import { available } from '../stock/stock.ts'
import type { RestaurantSettings } from './settings.ts'

/** Orders that nobody has seen, as their owner is told of them. */
export interface UnseenNotice {
  restaurantName: string
  market: string
  /** Prepaid orders are not taken until a board is heard from. */
  stopped: boolean
  orders: readonly { id: string; number: string; tableName: string | null }[]
}

/** An item that has come to the threshold its owner set. */
export interface LowStockNotice {
  restaurantName: string
  market: string
  at: number
  item: { id: string; name: string; available: number; threshold: number }
}

export type Notice = UnseenNotice | LowStockNotice

/** What became of telling one sink. `refused`: its address is no good, asking again is no use. */
export type NotifyOutcome =
  | { kind: 'sent' }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string; retryAfterSeconds: number | null }

/** The notice of the orders that are unseen now, oldest first. */
export const unseenNotice = (
  { name, market, paused, pauseReason }: RestaurantSettings,
  orders: readonly OrderState[],
): UnseenNotice => ({
  restaurantName: name,
  market,
  stopped: paused && pauseReason === 'UNSEEN',
  orders: orders.map(({ id, number, tableName }) => ({ id, number, tableName })),
})

/** The notice of an item as it is now. */
export const lowStockNotice = (
  { name, market }: Pick<RestaurantSettings, 'name' | 'market'>,
  item: Pick<MenuItem, 'id' | 'name'>,
  stock: StockLevel,
  at: number,
): LowStockNotice => ({
  restaurantName: name,
  market,
  at,
  item: {
    id: item.id,
    name: item.name,
    available: available(stock) ?? 0,
    threshold: stock.lowAt ?? 0,
  },
})

const MAX_NAMED = 20
const HOUR_MS = 3600_000

const WORDS = {
  ko: {
    title: (name: string) => `[${name}] 확인하지 않은 주문이 있습니다`,
    takeAway: '포장',
    more: (count: number) => `외 ${count}건`,
    look: '주문판을 확인해 주세요.',
    stopped: '주문판이 연결될 때까지 새 주문을 받지 않습니다.',
    low: (name: string) => `[${name}] 재고가 얼마 남지 않았습니다`,
    left: (name: string, left: number, at: number) =>
      `${name}: 남은 수량 ${left} (알림 기준 ${at})`,
  },
  en: {
    title: (name: string) => `[${name}] Orders are waiting unseen`,
    takeAway: 'take-away',
    more: (count: number) => `and ${count} more`,
    look: 'Please look at the order board.',
    stopped: 'No new orders are taken until a board is connected.',
    low: (name: string) => `[${name}] Stock is low`,
    left: (name: string, left: number, at: number) => `${name}: ${left} left (warning at ${at})`,
  },
} as const

type Words = (typeof WORDS)[keyof typeof WORDS]
interface NoticeText {
  title: string
  lines: readonly string[]
}

/** The notice in the language of the restaurant's market: a title, and lines of plain text. */
export function noticeText(notice: Notice): NoticeText {
  const words = notice.market === 'KR' ? WORDS.ko : WORDS.en
  if (!('item' in notice)) return unseenText(notice, words)
  const { name, available: left, threshold } = notice.item
  return { title: words.low(notice.restaurantName), lines: [words.left(name, left, threshold)] }
}

/** What it tells of. */
export const subjectsOf = (
  notice: Notice,
): { orderIds: readonly string[]; itemId?: string | undefined } =>
  'item' in notice
    ? { orderIds: [], itemId: notice.item.id }
    : { orderIds: notice.orders.map(({ id }) => id) }

/** What it is known by at those who deliver it: told again it is the same. */
export function noticeId(notice: Notice, restaurantId: string): string {
  if ('item' in notice) return `low-${notice.item.id}-${Math.floor(notice.at / HOUR_MS)}`
  return `unseen-${notice.orders.at(-1)?.id ?? restaurantId}-${notice.orders.length}`
}

function unseenText(notice: UnseenNotice, words: Words): NoticeText {
  const named = notice.orders
    .slice(0, MAX_NAMED)
    .map(({ number, tableName }) => `${number} (${tableName ?? words.takeAway})`)
  const more = notice.orders.length - named.length
  return {
    title: words.title(notice.restaurantName),
    lines: [
      [...named, ...(more > 0 ? [words.more(more)] : [])].join(', '),
      words.look,
      ...(notice.stopped ? [words.stopped] : []),
    ],
  }
}
