import { orderOf, type Tap } from './commands.ts'
import type { Order } from './state.ts'

export const COLUMNS = ['new', 'cooking', 'ready'] as const
export type Column = (typeof COLUMNS)[number]

export interface Card {
  order: Order
  /** Where it stands once what was tapped has gone through; null = off the board. */
  column: Column | 'waiting' | null
  /** Tapped here and not answered yet. */
  pending: Tap['kind'] | null
  rings: boolean
}

const AFTER: Partial<Record<Tap['kind'], Column | null>> = {
  accept: 'cooking',
  reject: null,
  ready: 'ready',
  complete: null,
}

/** Prepaid orders ring and can be accepted once they are paid; until then they wait, silent. */
function columnOf(order: Order): Card['column'] {
  switch (order.status) {
    case 'PENDING':
      return order.payment_policy === 'PREPAID' && !order.allowed_actions.includes('accept')
        ? 'waiting'
        : 'new'
    case 'ACCEPTED':
      return 'cooking'
    case 'READY':
      return 'ready'
    case 'COMPLETED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'EXPIRED':
      return null
  }
}

/** The board's cards, oldest first, as they will stand when everything tapped here has gone through. */
export function cardsOf(orders: Iterable<Order>, taps: readonly Tap[]): readonly Card[] {
  const cards = [...orders].map((order): Card => {
    const own = taps.filter((tap) => orderOf(tap) === order.order_id)
    const last = own.findLast(({ kind }) => kind in AFTER) ?? null
    const column = last === null ? columnOf(order) : (AFTER[last.kind] ?? null)
    return {
      order,
      column,
      pending: own.at(-1)?.kind ?? null,
      // What was tapped has been seen here, whether or not the line is up.
      rings: order.rings && own.length === 0,
    }
  })
  return cards.sort((a, b) => a.order.order_id.localeCompare(b.order.order_id))
}

export const inColumn = (cards: readonly Card[], column: Card['column']): readonly Card[] =>
  cards.filter((card) => card.column === column)
