import { z } from 'zod'
import { parseId } from '../../domain/ids.ts'
import type { WebhookHint } from '../payment-port.ts'
import { PAYMENT_KEY } from './wire.ts'

const paymentId = z
  .string()
  .length(36)
  .transform((text, ctx) => {
    const id = parseId(text)
    if (id) return id
    ctx.addIssue({ code: 'custom', message: 'not an id of ours' })
    return z.NEVER
  })

const statusChanged = z
  .object({
    eventType: z.literal('PAYMENT_STATUS_CHANGED'),
    data: z.object({ orderId: paymentId, paymentKey: z.string().regex(PAYMENT_KEY) }),
  })
  .transform(({ data }): WebhookHint => ({
    paymentId: data.orderId,
    providerKey: data.paymentKey,
    secret: null,
  }))

/** The deposit callback is flat and recognised by having no `eventType` (docs: en/webhooks). */
const depositCallback = z
  .object({
    eventType: z.undefined().optional(),
    orderId: paymentId,
    status: z.string().max(50),
    secret: z.string().max(200),
  })
  .transform(({ orderId, secret }): WebhookHint => ({
    paymentId: orderId,
    providerKey: null,
    secret,
  }))

const webhook = z.union([statusChanged, depositCallback])

/**
 * The payment a Toss Payments webhook is about, or null when it is not about one of ours. Payment
 * webhooks carry no signature, so nothing else of the body is believed.
 */
export function parseTossWebhook(body: unknown): WebhookHint | null {
  const parsed = webhook.safeParse(body)
  return parsed.success ? parsed.data : null
}
