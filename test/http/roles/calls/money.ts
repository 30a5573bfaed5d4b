import type { Calls } from '../call.ts'

export const MONEY_CALLS: Calls = {
  settleOrder: { of: "a guest's order", body: { by: 'CASH' } },
  refundOrder: { of: "a guest's order", body: { reason: '식음' } },
  recordRefund: { of: 'refund that is due', body: { method: 'CASH', note: '1' } },
  retryRefund: { of: 'refund that is due', body: {} },
  initiatePayment: {
    of: "a guest's order by card",
    body: ({ ids: [order_id], amount }) => ({ order_id, amount, payment_method: 'CARD' }),
  },
  confirmPayment: {
    of: ['order with an open payment', 'charge of points'],
    body: ({ ids: [orderId], amount, key }) => ({ orderId, amount, paymentKey: key }),
  },
  createStripeIntent: {
    of: "a guest's order by card",
    body: ({ ids: [order_id] }) => ({ order_id }),
  },
  listDeposits: {},
  assignDeposit: {
    of: 'deposit and order',
    body: ({ ids: [, order_id] }) => ({ order_id }),
  },
  returnDeposit: { of: 'deposit', body: { method: 'CASH', note: '1' } },
  receiveDeposit: { of: 'order by deposit', body: ({ amount }) => ({ amount }) },
  getWalletBalance: {},
  listWalletTransactions: {},
  chargePoints: {
    of: "a customer's wallet",
    body: { amount: 30_000, payment_method: 'CARD' },
  },
  getPointsCharge: { of: 'charge of points' },
  refundPoints: { body: { amount: 1, reason: '환불' } },
  listOwnPointsRefunds: {},
  listPointsRefunds: {},
  recordPointsRefund: { of: 'refund of points', body: { method: 'CASH', note: '1' } },
  listReconciliations: {},
  startReconciliation: {},
}
