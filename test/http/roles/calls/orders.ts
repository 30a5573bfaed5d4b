import type { Calls } from '../call.ts'

const ORDERS = ["a guest's order", "a customer's order"] as const

export const ORDER_CALLS: Calls = {
  getCart: { asks: 'cart:use' },
  addToCart: { asks: 'cart:use', body: (_, { cola }) => ({ menu_id: cola.id }) },
  setCartLine: { asks: 'cart:use', body: (_, { cola }) => ({ menu_id: cola.id, quantity: 1 }) },
  editCartLine: { asks: 'cart:use', of: 'cart line', body: { quantity: 2 } },
  // Of a line that is not in the caller's own cart nothing is to be taken out.
  removeFromCart: { asks: 'cart:use', of: 'cart line', unknown: 200 },
  clearCart: { asks: 'cart:use' },
  mergeCarts: { body: () => ({ session_id: crypto.randomUUID() }) },
  quoteOrder: { body: (_, { cola }) => ({ items: [{ menu_id: cola.id, quantity: 1 }] }) },
  placeOrder: {
    body: (_, { id: restaurant_id, cola }) => ({
      restaurant_id,
      items: [{ menu_id: cola.id, quantity: 1 }],
      payment_method: 'COUNTER',
    }),
  },
  placeOrderAtTable: {
    of: 'table that is open to all',
    body: (_, { cola }) => ({
      items: [{ menu_id: cola.id, quantity: 1 }],
      payment_method: 'COUNTER',
    }),
  },
  listOwnOrders: {},
  getOrder: { of: ORDERS },
  getPaymentStatus: { of: ORDERS },
  listRefunds: { of: ORDERS },
  // Those who work there reject it.
  cancelOrder: { of: ORDERS, notFor: ({ work }, { here }) => work?.at === here },
  watchOrder: { of: ORDERS, socket: true },
  watchBoard: { of: 'own restaurant', socket: true },
  listRestaurantOrders: {},
  acceptOrder: { of: ORDERS, body: { estimated_time_minutes: 20 } },
  rejectOrder: { of: ORDERS, body: { reason: '재료 소진' } },
  readyOrder: { of: 'accepted order' },
  completeOrder: { of: 'ready order' },
  acknowledgeOrder: { of: ORDERS },
}
