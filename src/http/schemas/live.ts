import { z } from '@hono/zod-openapi'
import { timeSchema } from './common.ts'

/** `seq` of the last message the client has had. */
const afterSchema = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)
  .optional()
  .openapi({
    type: 'integer',
    minimum: 0,
    description: 'The last `seq` received: what was missed since comes first',
  })

export const socketQuery = z.object({
  after: afterSchema,
  ticket: z
    .string()
    .optional()
    .openapi({ description: 'From POST /ws-tickets; opens one socket, within 30 s' }),
})

export const ticketSchema = z
  .object({ ticket: z.string(), expires_at: timeSchema })
  .openapi('Ticket')
