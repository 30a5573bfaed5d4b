import { z } from '@hono/zod-openapi'
import { idSchema, timeSchema } from './common.ts'

const amount = z.number().int().min(1)

export const intentWish = z.object({
  order_id: idSchema,
  amount: amount.optional().openapi({ description: 'Left out: whatever is due', example: 18500 }),
})

export const createdIntent = z
  .object({
    client_secret: z.string().openapi({
      description: 'For the payment form in the browser alone; not to be stored',
      example: 'pi_3RqX_secret_9bK2',
    }),
    publishable_key: z.string().openapi({ example: 'pk_test_51RqX' }),
    payment_intent_id: z.string().openapi({ example: 'pi_3RqX' }),
    payment_id: z.string(),
    amount: z.int(),
    currency: z.string().openapi({ example: 'KRW' }),
    expires_at: timeSchema,
  })
  .openapi('StripeIntent')

/** What the browser comes back with; whatever else Stripe adds is not looked at. */
export const stripeReturn = z.object({
  order: idSchema,
  k: z.string().max(100),
  payment_intent: z.string().min(1).max(200),
})
