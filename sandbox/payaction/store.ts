/** An order that a shop has told PayAction to watch for. */
export interface WatchedOrder {
  number: string
  mallId: string
  amount: number
  name: string
  /** Milliseconds; null = for ever. */
  cancelAt: number | null
  state: 'WAITING' | 'MATCHED' | 'CANCELLED'
}

/** Money that came in on the bank account. */
export interface Transfer {
  id: string
  at: number
  name: string
  amount: number
  /** The account's money afterwards. */
  balance: number
  /** The order that it was matched with. */
  orderNumber: string | null
}

/** What PayAction and the bank know; synchronous, so that a step cannot be interleaved. */
export interface PayActionStore {
  order(number: string): WatchedOrder | null
  waiting(): WatchedOrder[]
  putOrder(order: WatchedOrder): void
  /** Newest first. */
  orders(limit: number): WatchedOrder[]
  putTransfer(transfer: Transfer): void
  /** Newest first. */
  transfers(limit: number): Transfer[]
}

export function createMemoryPayAction(): PayActionStore {
  const orders = new Map<string, WatchedOrder>()
  const transfers: Transfer[] = []
  const all = () => [...orders.values()].reverse()
  return {
    order: (number) => orders.get(number) ?? null,
    waiting: () => all().filter(({ state }) => state === 'WAITING'),
    putOrder: (order) => void orders.set(order.number, order),
    orders: (limit) => all().slice(0, limit),
    putTransfer: (transfer) => void transfers.unshift(transfer),
    transfers: (limit) => transfers.slice(0, limit),
  }
}
