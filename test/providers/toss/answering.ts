import type { PaymentProvider } from '../../../src/providers/payment-port.ts'
import { createTossProvider } from '../../../src/providers/toss/toss-provider.ts'

export const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'
export const ORDER_ID = '019a9f00-2222-8000-8000-0a1b2c3d4e5f'
export const REFUND_ID = '019a9f00-1111-8000-8000-0a1b2c3d4e5f'

export const payment = (change: Record<string, unknown> = {}) => ({
  paymentKey: 'tkey1',
  orderId: PAYMENT_ID,
  status: 'DONE',
  currency: 'KRW',
  totalAmount: 18_000,
  balanceAmount: 18_000,
  approvedAt: '2026-11-20T12:30:00+09:00',
  checkout: { url: 'https://api.tosspayments.com/v1/payments/tkey1/checkout' },
  cancels: null,
  failure: null,
  somethingNew: { of: 'tomorrow' },
  ...change,
})
type RefundAccount = Parameters<PaymentProvider['refund']>[0]['account']

export const error = (code: string) => ({ code, message: 'words for people' })

/** A payment by an account that the guest transfers to. */
export const onAccount = (
  change: Record<string, unknown> = {},
  account: Record<string, unknown> = {},
) =>
  payment({
    status: 'WAITING_FOR_DEPOSIT',
    approvedAt: null,
    secret: 'ps_1',
    virtualAccount: {
      accountNumber: 'X1234567890123',
      bankCode: '88',
      customerName: '김손님',
      dueDate: '2026-11-27T12:30:00+09:00',
      expired: false,
      refundStatus: 'NONE',
      ...account,
    },
    ...change,
  })
export const ACCOUNT = {
  bank: '신한은행',
  accountNo: 'X1234567890123',
  holder: '김손님',
  dueAt: Date.parse('2026-11-27T03:30:00Z'),
}

/** A provider whose every request gets the same answer, or posts another; what was sent is kept. */
export function answering(
  status: number,
  body: unknown,
  posted: [number, unknown] = [status, body],
) {
  const sent: { url: string; method: string; headers: Headers; body: unknown }[] = []
  const provider = createTossProvider({
    baseUrl: 'https://api.tosspayments.com/',
    secretKey: 'test_sk_secret',
    fetch: async (request) => {
      const text = await request.text()
      sent.push({
        url: request.url,
        method: request.method,
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      })
      const [code, given] = request.method === 'POST' ? posted : [status, body]
      return new Response(typeof given === 'string' ? given : JSON.stringify(given), {
        status: code,
      })
    },
  })
  return {
    sent,
    open: () =>
      provider.open({
        paymentId: PAYMENT_ID,
        orderId: ORDER_ID,
        orderName: '주문 #A001',
        amount: 18_000,
        currency: 'KRW',
        method: 'CARD',
        successUrl: 'https://shop.test/ok',
        failUrl: 'https://shop.test/no',
        expiresAt: 0,
        payerName: null,
        userId: null,
      }),
    capture: () =>
      provider.capture({
        paymentId: PAYMENT_ID,
        providerKey: 'tkey1',
        orderId: ORDER_ID,
        amount: 18_000,
        attemptId: 'attempt7',
        userId: null,
      }),
    lookUp: () => provider.lookUp({ paymentId: PAYMENT_ID, providerKey: 'tkey1' }),
    refund: (account: RefundAccount = null) =>
      provider.refund({
        paymentId: PAYMENT_ID,
        orderId: ORDER_ID,
        refundId: REFUND_ID,
        attempt: 2,
        providerKey: 'tkey1',
        amount: 5_000,
        currency: 'KRW',
        reason: 'sold out',
        account,
      }),
    void: () => provider.void({ paymentId: PAYMENT_ID, providerKey: 'tkey1' }),
  }
}
