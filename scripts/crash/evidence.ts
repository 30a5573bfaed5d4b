import type { OrderJson, ProviderPaymentJson } from '../lib/shapes.ts'

/** A 201 that a guest received, also as a repeat. */
export interface AnsweredOrder {
  guest: string
  key: string
  orderId: string
  number: string
  total: number
}

/** An order as staff read it from the restaurant, with the ids of its payments. */
export interface SeenOrder {
  order: OrderJson
  paymentIds: readonly string[]
}

export interface StockRow {
  menuId: string
  name: string
  initial: number
  level: number
  reserved: number
}

/** What a socket brought from its opening to its end. */
export interface FeedPart {
  after: number | null
  messages: readonly FeedMessage[]
}

export interface FeedMessage {
  seq: number
  type: string
  orderId: string | null
  status: string | null
}

export interface Feed {
  name: string
  parts: readonly FeedPart[]
}

/** Everything that can be known from outside once all is quiet. */
export interface Evidence {
  answers: readonly AnsweredOrder[]
  orders: readonly SeenOrder[]
  stock: readonly StockRow[]
  /** Payments of the provider, those that moved no money included. */
  payments: readonly ProviderPaymentJson[]
  boards: readonly Feed[]
  /** Guests' sockets, each named as the guest in `answers`. */
  phones: readonly Feed[]
  /** Members' lists, answered by the platform's read model. */
  listed: readonly OrderJson[]
  /** The orders that members were told of. */
  membersOrderIds: ReadonlySet<string>
}

/** What was broken, in words. */
export type Problem = string
