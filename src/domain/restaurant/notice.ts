import type { OrderState } from '../order/order.ts'
import type { RestaurantSettings } from './settings.ts'

/** Orders that nobody has seen, as their owner is told of them. */
export interface UnseenNotice {
  restaurantName: string
  market: string
  /** Prepaid orders are not taken until a board is heard from. */
  stopped: boolean
  orders: readonly { id: string; number: string; tableName: string | null }[]
}

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

const MAX_NAMED = 20

const WORDS = {
  ko: {
    title: (name: string) => `[${name}] 확인하지 않은 주문이 있습니다`,
    takeAway: '포장',
    more: (count: number) => `외 ${count}건`,
    look: '주문판을 확인해 주세요.',
    stopped: '주문판이 연결될 때까지 새 주문을 받지 않습니다.',
  },
  en: {
    title: (name: string) => `[${name}] Orders are waiting unseen`,
    takeAway: 'take-away',
    more: (count: number) => `and ${count} more`,
    look: 'Please look at the order board.',
    stopped: 'No new orders are taken until a board is connected.',
  },
} as const

/** The notice in the language of the restaurant's market: a title, and lines of plain text. */
export function noticeText(notice: UnseenNotice): { title: string; lines: readonly string[] } {
  const words = notice.market === 'KR' ? WORDS.ko : WORDS.en
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
