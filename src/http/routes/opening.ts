/** What every way to open a payment shares: it is the order's guest who opens, once a key. */
export const OPENING = {
  permission: 'payment:open',
  restaurant: 'in-body',
  idempotency: 'required',
  refusals: [
    'NOT_FOUND',
    'VISIT_ENDED',
    'AMOUNT_MISMATCH',
    'ORDER_STATE',
    'CAPTURING',
    'PAYMENT_METHOD_NOT_ACCEPTED',
    'PAYMENT_NOT_OPEN',
    'PAYMENT_REFUSED',
    'PAYMENT_PROVIDER_FAILED',
  ],
} as const
