import type { Call, Calls } from '../call.ts'

const WHY = 'asked for by the customer'
const whoAsked: Call['notFor'] = (who, { people }) => who === people.support

export const SUPPORT_CALLS: Calls = {
  findCustomers: { query: '?q=person' },
  getCustomer: { of: 'account' },
  listCustomerOrders: { of: 'account' },
  listCustomerCoupons: { of: 'account' },
  listCustomerPoints: { of: 'account' },
  listCustomerNotes: { of: 'account' },
  addCustomerNote: { of: 'account', body: { text: '두 번 전화함' } },
  unmaskCustomer: { of: 'account', body: { fields: ['email'], reason: WHY } },
  findOrder: {
    of: 'own restaurant',
    query: ({ ids: [id] }) => `?restaurant_id=${id ?? ''}&number=A001`,
    // There has been no order yet.
    admitted: 404,
  },
  getOrderForSupport: { of: "a guest's order" },
  unmaskOrder: { of: "a guest's order", body: { fields: ['payer_names'], reason: WHY } },
  refundOrderForCustomer: { of: 'order that is paid', body: { reason: '식음' } },
  listRefundRequests: {},
  getRefundRequest: { of: 'refund that is asked for' },
  approveRefund: { of: 'refund that is asked for', body: {}, notFor: whoAsked },
  refuseRefund: { of: 'refund that is asked for', body: {}, notFor: whoAsked },
  listSupportActivity: {},
}
