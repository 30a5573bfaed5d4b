import type { TossWorld } from '../../sandbox/world.ts'

export const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'
export const REFUND_ID = '019a9f00-1111-8000-8000-0a1b2c3d4e5f'
export const OTHER_REFUND_ID = '019a9f00-2222-8000-8000-0a1b2c3d4e5f'
export const AMOUNT = 18_000

export const ORDER_ID = '019a9f00-3333-8000-8000-0a1b2c3d4e5f'
export const GUEST_ACCOUNT = { bank: '신한은행', accountNo: '110-234-567890', holder: '김손님' }

export const openRequest = {
  paymentId: PAYMENT_ID,
  orderId: ORDER_ID,
  orderName: '주문 #A001',
  amount: AMOUNT,
  currency: 'KRW',
  method: 'CARD' as const,
  successUrl: 'http://shop.test/payment/success',
  failUrl: 'http://shop.test/payment/fail',
  expiresAt: 0,
  payerName: null,
  userId: null,
}

export async function opened(toss: TossWorld, method: 'CARD' | 'VIRTUAL_ACCOUNT' = 'CARD') {
  const outcome = await toss.provider.open({ ...openRequest, method })
  if (outcome.kind !== 'opened') throw new Error(outcome.kind)
  const providerKey = outcome.providerKey ?? ''
  const checkoutUrl = outcome.checkoutUrl ?? ''
  const named = { paymentId: PAYMENT_ID, orderId: ORDER_ID, providerKey }
  const capture = (attemptId: string) =>
    toss.provider.capture({ ...named, amount: AMOUNT, attemptId, userId: null })
  const refund = (
    refundId: string,
    amount: number,
    attempt = 0,
    more: { reason?: string; account?: typeof GUEST_ACCOUNT } = {},
  ) =>
    toss.provider.refund({
      ...named,
      refundId,
      attempt,
      amount,
      currency: 'KRW',
      reason: '재료 소진',
      account: null,
      ...more,
    })
  const lookUp = () => toss.provider.lookUp(named)
  return {
    providerKey,
    checkoutUrl,
    capture,
    refund,
    lookUp,
    void: () => toss.provider.void(named),
  }
}

/** An account was issued; the guest has not transferred anything yet. */
export async function issued(toss: TossWorld) {
  const payment = await opened(toss, 'VIRTUAL_ACCOUNT')
  toss.sandbox.click(payment.providerKey, 'pay')
  const outcome = await payment.capture('first')
  if (outcome.kind !== 'awaiting') throw new Error(outcome.kind)
  return { ...payment, outcome }
}

export async function captured(toss: TossWorld) {
  const payment = await opened(toss)
  toss.sandbox.click(payment.providerKey, 'pay')
  await payment.capture('first')
  return payment
}

export async function paidAccount(toss: TossWorld) {
  const payment = await issued(toss)
  toss.sandbox.desk.act(payment.providerKey, 'deposit')
  return payment
}
