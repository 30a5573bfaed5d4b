import type { Calls } from '../call.ts'

export const MONEY_CALLS: Calls = {
  settleOrder: { of: "a guest's order", body: { by: 'CASH' } },
  refundOrder: { of: 'order that is paid', body: { reason: '식음' } },
  recordRefund: { of: 'refund that is due', body: { method: 'CASH', note: '1' } },
  // No machine paid it, so none can pay it back.
  retryRefund: { of: 'refund that is due', body: {}, admitted: 409 },
  initiatePayment: {
    of: "a guest's order by card",
    body: ({ ids: [order_id], amount }) => ({ order_id, amount, payment_method: 'CARD' }),
  },
  confirmPayment: {
    of: ['order that is being paid', 'charge of points'],
    body: ({ ids: [orderId], amount, key }) => ({ orderId, amount, paymentKey: key }),
  },
  createStripeIntent: {
    of: 'order by Stripe',
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
  // More than anybody has.
  refundPoints: { body: { amount: 1_000_000, reason: '환불' }, admitted: 409 },
  listOwnPointsRefunds: {},
  listPointsRefunds: {},
  recordPointsRefund: { of: 'refund of points', body: { method: 'CASH', note: '1' } },
  listReconciliations: {},
  startReconciliation: {},
}
