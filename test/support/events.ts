import type { DomainEvent, Subject } from '../../src/domain/events.ts'
import { mintTimedId } from '../../src/domain/ids.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import { defaultSettings, type RestaurantState } from '../../src/domain/restaurant/settings.ts'
import { newRestaurantId, random } from './identity.ts'

export const NOON = Date.UTC(2026, 10, 20, 3)

export const orderIdIn = (restaurantId: string, at = NOON): string =>
  mintTimedId(restaurantId.slice(-12), at, random)

/** An order as a guest without an account placed it, with what the test says differently. */
export const orderState = (changes: Partial<OrderState> & { id: string }): OrderState => ({
  number: 'A001',
  businessDay: '2026-11-20',
  status: 'PENDING',
  paymentStatus: 'UNPAID',
  paymentPolicy: 'PREPAID',
  paymentMethod: 'CARD',
  currency: 'KRW',
  totalAmount: 18_000,
  placedAmount: 18_000,
  capturedAmount: 0,
  refundedAmount: 0,
  refundDueAmount: 0,
  tableId: null,
  tableName: null,
  visitId: null,
  sessionId: 'guest',
  userId: null,
  specialRequests: '덜 맵게',
  lines: [],
  placedAt: NOON,
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
  ...changes,
})

export const restaurantState = (
  id: string,
  changes: Partial<RestaurantState> = {},
): RestaurantState => ({
  ...defaultSettings({ name: '맛있는 치킨집' }),
  id,
  epoch: 1,
  menuVersion: 1,
  createdAt: NOON,
  ...changes,
})

/** Makes events of one restaurant; numbers are the test's to give. */
export function eventsOf(restaurantId = newRestaurantId()) {
  const event = (seq: number, subject: Subject, epoch = 1): DomainEvent => ({
    id: orderIdIn(restaurantId, NOON + seq),
    restaurantId,
    epoch,
    seq,
    at: NOON + seq,
    type: subject.kind === 'order' ? 'STATUS_CHANGED' : 'RESTAURANT_CHANGED',
    subject,
    message: null,
  })
  return {
    restaurantId,
    order: (seq: number, order: OrderState, epoch = 1) =>
      event(seq, { kind: 'order', order, payments: [], refunds: [] }, epoch),
    restaurant: (seq: number, restaurant: RestaurantState, epoch = 1) =>
      event(seq, { kind: 'restaurant', restaurant }, epoch),
    tableRemoved: (seq: number, id: string) =>
      event(seq, { kind: 'table', table: { id, name: 'A1', deleted: true } }),
  }
}
