import type { Asker } from '../../src/domain/actor.ts'
import type { MenuItemWithStock } from '../../src/domain/menu/menu.ts'
import type { OrderLine, OrderState } from '../../src/domain/order/order.ts'
import type { PaymentState, RefundState } from '../../src/domain/payment/payment.ts'
import { defaultSettings, type RestaurantState } from '../../src/domain/restaurant/settings.ts'
import type { TableState } from '../../src/domain/restaurant/table.ts'

/** 20 November 2026, noon in Seoul. */
export const NOW = Date.UTC(2026, 10, 20, 3)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND

export const anAsker = (role: Asker['role'], more: Partial<Asker> = {}): Asker => ({
  role,
  sessionId: `${role}-session`,
  userId: role === 'GUEST' || role === 'SYSTEM' ? null : `${role}-account`,
  visit: null,
  ...more,
})

export const aLine = (more: Partial<OrderLine> = {}): OrderLine => {
  const line = {
    id: 'line-1',
    itemId: 'chicken',
    itemNumber: 1,
    name: '후라이드 치킨',
    options: [],
    unitPrice: 18_000,
    quantity: 1,
    unavailableQuantity: 0,
    ...more,
  }
  return { total: line.unitPrice * (line.quantity - line.unavailableQuantity), ...line }
}

/** A prepaid order that waits for its payment, unless said otherwise. */
export const anOrder = (more: Partial<OrderState> = {}): OrderState => {
  const lines = more.lines ?? [aLine()]
  const totalAmount = lines.reduce((sum, line) => sum + line.total, 0)
  return {
    id: 'order-1',
    number: 'A001',
    businessDay: '2026-11-20',
    status: 'PENDING',
    paymentStatus: 'UNPAID',
    paymentPolicy: 'PREPAID',
    paymentMethod: 'CARD',
    currency: 'KRW',
    totalAmount,
    placedAmount: totalAmount,
    capturedAmount: 0,
    refundedAmount: 0,
    refundDueAmount: 0,
    tableId: null,
    tableName: null,
    visitId: null,
    sessionId: 'GUEST-session',
    userId: null,
    specialRequests: null,
    lines,
    placedAt: NOW,
    expiresAt: null,
    firstExpiresAt: null,
    holdExtended: false,
    acceptBy: null,
    acceptedAt: null,
    estimatedReadyAt: null,
    readyAt: null,
    completedAt: null,
    endedAt: null,
    endReason: null,
    message: null,
    acknowledgedAt: null,
    ...more,
  }
}

/** The order paid in full. */
export const paid = (order: OrderState = anOrder()): OrderState => ({
  ...order,
  paymentStatus: 'PAID',
  capturedAmount: order.totalAmount,
})

export const aPayment = (more: Partial<PaymentState> = {}): PaymentState => ({
  id: 'payment-1',
  orderId: 'order-1',
  provider: 'toss',
  method: 'CARD',
  amount: 18_000,
  currency: 'KRW',
  status: 'READY',
  providerKey: 'key-1',
  checkoutUrl: 'https://pay.example/1',
  attemptId: null,
  leaseUntil: null,
  openedAt: NOW,
  expiresAt: NOW + 40 * MINUTE,
  capturedAt: null,
  refundedAmount: 0,
  counted: false,
  payerName: null,
  account: null,
  disputed: false,
  failure: null,
  ...more,
})

/** Its money is in, and pays the order. */
export const captured = (more: Partial<PaymentState> = {}): PaymentState =>
  aPayment({ status: 'CAPTURED', capturedAt: NOW, counted: true, ...more })

/** Points that pay 5,000 of it. */
export const points = (more: Partial<PaymentState> = {}): PaymentState =>
  aPayment({
    id: 'points-1',
    provider: 'wallet',
    method: 'POINTS',
    amount: 5_000,
    status: 'CAPTURING',
    providerKey: null,
    checkoutUrl: null,
    ...more,
  })

export const aRefund = (more: Partial<RefundState> = {}): RefundState => ({
  id: 'refund-1',
  paymentId: 'payment-1',
  orderId: 'order-1',
  amount: 18_000,
  reason: 'REJECTED',
  status: 'REQUESTED',
  attempt: 0,
  requestedAt: NOW,
  requestedBy: 'OWNER-account',
  doneAt: null,
  providerRef: null,
  lines: null,
  proof: null,
  failure: null,
  ...more,
})

export const aRestaurant = (more: Partial<RestaurantState> = {}): RestaurantState => ({
  ...defaultSettings({ name: '맛있는 치킨집' }),
  id: 'restaurant-1',
  epoch: 1,
  menuVersion: 7,
  createdAt: NOW,
  ...more,
})

export const aTable = (more: Partial<TableState> = {}): TableState => ({
  id: 'table-a1',
  name: 'A1',
  code: 'secret',
  openVisitId: null,
  deleted: false,
  ...more,
})

export const anItem = (more: Partial<MenuItemWithStock> = {}): MenuItemWithStock => ({
  id: 'chicken',
  categoryId: 'mains',
  number: 1,
  name: '후라이드 치킨',
  description: null,
  price: 18_000,
  position: 0,
  options: [],
  names: {},
  descriptions: {},
  allergens: [],
  tags: [],
  spiceLevel: 0,
  maxPerOrder: null,
  image: null,
  soldOut: false,
  soldOutUntil: null,
  deleted: false,
  stock: null,
  ...more,
})

export const menuOf = (...items: MenuItemWithStock[]): Map<string, MenuItemWithStock> =>
  new Map(items.map((item) => [item.id, item]))
