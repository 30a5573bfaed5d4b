import type { Messages } from './index.ts'

export const en: Messages = {
  INVALID:
    'Some of what was sent is not right. Correct the fields listed in details and send again.',
  MISSING: 'Log in first, or scan the code on your table.',
  INVALID_TOKEN: 'Your login has run out. Refresh it or log in again.',
  SESSION_ENDED: 'This session has ended. Log in again, or scan the code on your table again.',
  WRONG_CREDENTIALS: 'E-mail or password is not right. Check both and try again.',
  REFRESH_REUSED: 'This login was already renewed elsewhere and has been closed. Log in again.',
  MEMBERSHIP_CHANGED: 'Your work at this restaurant has changed. Renew your login and try again.',
  FORBIDDEN: 'Your account may not do this. Ask the owner of the restaurant.',
  NOT_FOUND: 'There is nothing here that you can see. Check the address or the id.',
  EMAIL_TAKEN: 'This e-mail already has an account. Log in, or use another address.',
  LAST_OWNER: 'A restaurant keeps at least one owner. Name another owner first.',
  WRONG_TABLE_CODE: 'The code does not fit this table. Scan the code on the table again.',
  VISIT_ENDED: 'This visit has ended. Scan the code on the table to start a new one.',
  NOT_SEATED: 'The table is not open yet. Ask the staff to seat you.',
  SCAN_REQUIRED: 'Scan the code on the table to order from it.',
  TABLE_NAME_TAKEN: 'Another table has this name. Choose a different one.',
  TABLE_HAS_OPEN_ORDERS:
    'The table still has open orders. Finish them, or say whether to void or refund them.',
  RESTAURANT_CLOSED: 'The restaurant is taking no orders at the moment. Try again later.',
  TABLE_ORDERING_DISABLED: 'Ordering from the table is switched off. Order with the staff.',
  PAYMENT_METHOD_NOT_ACCEPTED:
    'The restaurant does not take this payment method. Choose one of those listed.',
  PRICE_CHANGED: 'The price has changed. Look at the new total and order again if you agree.',
  OUT_OF_STOCK: 'Some items have run out. Change or remove them and order again.',
  STOCK_BELOW_RESERVED: 'Orders already hold more than that. Enter at least the reserved amount.',
  IMAGE_TYPE: 'Send a PNG, JPEG, WebP or AVIF image, and name its type truly in Content-Type.',
  CATEGORY_NOT_EMPTY: 'The category still has items. Move or delete them first.',
  TOO_MANY_UNPAID_ORDERS: 'You have unpaid orders waiting. Pay or cancel one of them first.',
  ORDER_STATE: 'The order has moved on and this can no longer be done. Load it again.',
  CAPTURING: 'The payment is being confirmed. Wait a moment and look again.',
  AMOUNT_MISMATCH: 'The amount is not what the order costs. Load the order and use its total.',
  PAYMENT_NOT_OPEN: 'This payment can no longer be completed. Start a new one.',
  PAYMENTS_OPEN:
    'Payments are still open at this payment service. Change its keys when they are over.',
  PAYMENT_NOT_AUTHENTICATED:
    'The payment has not been completed on the payment page yet. Finish it there first.',
  TRY_ANOTHER_CARD: 'This card cannot be used for the payment. Try another card.',
  CHECK_DETAILS: 'Something in the card details is not right. Check them and pay again.',
  CHECK_LIMIT:
    'The limit or the balance does not cover this. Check it with your bank, or use another card.',
  PAY_LATER: 'The payment cannot be made right now. You were not charged: pay again in a moment.',
  START_OVER: 'The payment was not finished. You were not charged: you may start it again.',
  ASK_STAFF: 'The restaurant cannot take this payment. Please ask the staff.',
  TRY_ANOTHER_WAY: 'The payment was declined. Check with your card issuer or pay another way.',
  PAYMENT_PROVIDER_FAILED:
    'The payment service did not answer. Check the order before you try again.',
  REFUND_TOO_LARGE: 'More than what can still be refunded. Enter a smaller amount.',
  REFUND_STATE: 'This refund is not waiting to be paid back by hand. Load it again.',
  DEPOSIT_STATE: 'This deposit has been dealt with already. Load it again.',
  INSUFFICIENT_POINTS:
    'You do not have enough points. Pay a smaller part with them, or another way.',
  POINTS_NEED_ACCOUNT: 'Points belong to an account. Log in to pay with them.',
  WEBHOOK_NOT_VERIFIED: 'The call does not prove that it comes from the payment service.',
  IDEMPOTENCY_IN_PROGRESS: 'The same request is still being worked on. Wait and send it again.',
  IDEMPOTENCY_KEY_REUSED:
    'This Idempotency-Key was used for a different request. Use a new key for a new request.',
  RATE_LIMITED: 'Too many attempts. Wait as long as Retry-After says and try again.',
  TEMPORARILY_UNAVAILABLE: 'We cannot do this right now. Try again in a moment.',
  ROUTE_NOT_FOUND: 'There is no such address. Check the path against the API document.',
  METHOD_NOT_ALLOWED: 'This address does not take that method. Use one from the Allow header.',
  PAYLOAD_TOO_LARGE: 'The request is too large. Send less at a time.',
  CONTENT_ENCODING: 'Send the body uncompressed, without Content-Encoding.',
  UNSUPPORTED_MEDIA_TYPE: 'Send the body as JSON with Content-Type: application/json.',
  INTERNAL_ERROR: 'Something went wrong on our side. Try again, and tell us the trace id.',
}
