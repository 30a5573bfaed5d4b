import type { PaymentProvider } from '../payment-port.ts'
import { clip } from './clip.ts'
import { createTossClient, type TossOptions } from './client.ts'
import { VERDICTS } from './error-codes.ts'
import { toCaptureOutcome, toLookupOutcome, toOpenOutcome } from './outcomes.ts'
import { refundAtToss } from './refund.ts'
import { voidAtToss } from './void.ts'
import { PAYMENT_KEY } from './wire.ts'

const MAX_ORDER_NAME = 100
const strangeKey = { kind: 'unknown', detail: 'not a payment key' } as const

/**
 * Toss Payments over HTTP (docs.tosspayments.com/en/api-guide). Its idempotency store ignores the
 * body, so each key names one payment and one attempt; a key comes again only after `unknown`.
 */
export function createTossProvider(options: TossOptions): PaymentProvider {
  const send = createTossClient(options)
  const findByOrder = (paymentId: string) =>
    send({ method: 'GET', path: `/v1/payments/orders/${encodeURIComponent(paymentId)}` })

  return {
    async open(request) {
      const answer = await send({
        method: 'POST',
        path: '/v1/payments',
        body: {
          method: request.method,
          amount: request.amount,
          currency: request.currency,
          orderId: request.paymentId,
          orderName: clip(request.orderName, MAX_ORDER_NAME),
          successUrl: request.successUrl,
          failUrl: request.failUrl,
        },
        idempotencyKey: `open-${request.paymentId}`,
      })
      if (answer.kind !== 'error' || VERDICTS.open[answer.meaning] !== 'look-up') {
        return toOpenOutcome(answer, request)
      }
      const opened = toOpenOutcome(await findByOrder(request.paymentId), request)
      return opened.kind === 'opened' ? opened : { kind: 'unknown', detail: answer.failure.code }
    },

    async capture(request) {
      const { providerKey } = request
      if (providerKey === null || !PAYMENT_KEY.test(providerKey)) return strangeKey
      const answer = await send({
        method: 'POST',
        path: '/v1/payments/confirm',
        body: {
          paymentKey: providerKey,
          orderId: request.paymentId,
          amount: request.amount,
        },
        idempotencyKey: `confirm-${request.paymentId}-${request.attemptId}`,
      })
      return toCaptureOutcome(answer, request)
    },

    async lookUp(request) {
      if (request.providerKey !== null && !PAYMENT_KEY.test(request.providerKey)) return strangeKey
      const answer = request.providerKey
        ? await send({ method: 'GET', path: `/v1/payments/${request.providerKey}` })
        : await findByOrder(request.paymentId)
      return toLookupOutcome(answer, request)
    },

    async refund(request) {
      const { providerKey } = request
      if (providerKey === null || !PAYMENT_KEY.test(providerKey)) return strangeKey
      return refundAtToss(send, { ...request, providerKey })
    },

    void(request) {
      return voidAtToss(send, () => this.lookUp(request))
    },
  }
}
