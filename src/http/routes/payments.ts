import { z } from '@hono/zod-openapi'
import { askerAt } from '../../domain/identity/asker.ts'
import { isPlatformId } from '../../domain/ids.ts'
import { ok } from '../../domain/result.ts'
import { confirmPayment, type Confirmed } from '../../usecases/payments/confirm-payment.ts'
import { openPayment } from '../../usecases/payments/open-payment.ts'
import { takeWebhook } from '../../usecases/payments/take-webhook.ts'
import { confirmOwnCharge, type OwnCharge } from '../../usecases/wallet/confirm-own-charge.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import { noteChargeWebhook } from '../../usecases/wallet/note-charge-webhook.ts'
import type { App } from '../context.ts'
import { payUrl, returnUrls } from '../links.ts'
import { publicStatusOf } from '../../domain/payment/public-status.ts'
import { payInJson } from '../order-answers.ts'
import { answer, defineRoute } from '../route.ts'
import { OPENING } from './opening.ts'
import { isoTime } from '../schemas/common.ts'
import { confirmation, confirmed, initiated, initiation } from '../schemas/payments.ts'

const TAG = { tag: 'Payments' } as const

/** Opening and confirming payments, and what providers post. */
export function paymentRoutes(app: App): void {
  initiateRoute(app)
  confirmRoute(app)
  webhookRoute(app)
}

function initiateRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/payments/initiate',
      operationId: 'initiatePayment',
      summary: "Open a payment for an order; the answer leads to the provider's page",
      description: 'An order has one payment open at a time: asking again answers the same one.',
      ...OPENING,
      request: { body: initiation },
      success: { status: 200, description: 'Open', schema: initiated },
    },
    async (c) => {
      const { order_id: orderId, amount, payment_method: method } = c.req.valid('json')
      const { deps, actor, idempotency, traceId } = c.var
      const opened = await openPayment(deps, {
        orderId,
        amount,
        method,
        asker: askerAt(actor, orderId),
        viaLink: false,
        idempotency,
        traceId,
        returnUrls: returnUrls(c, orderId),
      })
      return answer(opened, (payment) => initiatedJson(payment, payUrl(c, orderId)))
    },
  )
}

function confirmRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/payments/confirm',
      operationId: 'confirmPayment',
      summary: 'Take the money after the guest came back from the provider',
      description: 'Repeating is safe: the money is taken once and every caller hears the same.',
      permission: 'payment:open',
      restaurant: 'in-body',
      idempotency: 'none',
      request: { body: confirmation },
      success: {
        status: 200,
        description: 'Paid, or (virtual account) where the money is to be transferred to',
        schema: confirmed,
      },
      refusals: [
        'NOT_FOUND',
        'VISIT_ENDED',
        'AMOUNT_MISMATCH',
        'ORDER_STATE',
        'CAPTURING',
        'PAYMENT_NOT_OPEN',
        'PAYMENT_NOT_AUTHENTICATED',
        'PAYMENT_REFUSED',
        'PAYMENT_PROVIDER_FAILED',
      ],
    },
    async (c) => {
      const { orderId: id, paymentKey: providerKey, amount } = c.req.valid('json')
      const { deps, actor, traceId } = c.var
      const asker = askerAt(actor, id)
      if (isPlatformId(id)) {
        const charged = await confirmOwnCharge(deps, { id, providerKey, amount, actor })
        return answer(charged, chargedJson)
      }
      const wish = { id, providerKey, amount, asker, viaLink: false, traceId }
      return answer(await confirmPayment(deps, wish), confirmedJson)
    },
  )
}

function webhookRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/payments/webhook/toss',
      operationId: 'tossWebhook',
      summary: 'Toss Payments tells that a payment changed',
      description:
        'Changes of status and deposits on virtual accounts. Nothing in it is believed: the payment is ' +
        'looked up. What is not about a payment of ours is answered 200 too, since repeating it would ' +
        'not help; a deposit with another secret than the account was issued with is not.',
      permission: 'public',
      idempotency: 'none',
      request: { body: z.unknown() },
      success: {
        status: 200,
        description: 'Noted, or nothing of ours',
        schema: z.object({ noted: z.boolean() }),
      },
      refusals: ['UNAUTHENTICATED'],
    },
    async (c) => {
      const { deps, traceId } = c.var
      const hint = deps.webhooks.toss(c.req.valid('json'))
      if (hint !== null && isPlatformId(hint.paymentId))
        return ok({ noted: await noteChargeWebhook(deps, hint) })
      return answer(await takeWebhook(deps, hint, traceId), (noted) => ({ noted }))
    },
  )
}

/** As it stands when opening is answered: what was refused or has ended is none. */
function openStatus({ id, status }: PaymentState) {
  const told = publicStatusOf(status)
  if (told === 'FAILED' || told === 'ENDED') throw new Error(`payment ${id} is not open: ${status}`)
  return told
}

/** What has no page at a provider is paid on ours. */
const initiatedJson = (payment: PaymentState, ourPage: string) => ({
  payment_id: payment.id,
  payment_key: payment.providerKey ?? '',
  payment_url: payment.checkoutUrl ?? ourPage,
  order_id: payment.orderId,
  amount: payment.amount,
  currency: payment.currency,
  expires_at: isoTime(payment.expiresAt),
  payment_status: openStatus(payment),
})

const chargedJson = ({ charge, balance }: OwnCharge) => ({
  success: true as const,
  order_id: charge.id,
  amount: charge.amount,
  payment_status: 'COMPLETED' as const,
  account: null,
  balance,
})

const confirmedJson = ({ payment, order }: Confirmed) => ({
  success: true as const,
  order_id: order.id,
  order_number: order.number,
  amount: payment.amount,
  payment_status:
    payment.status === 'AWAITING' ? ('WAITING_FOR_DEPOSIT' as const) : ('COMPLETED' as const),
  account: payInJson(payment, order),
  order_payment_status: order.paymentStatus,
  order_status: order.status,
})
