import { z } from '@hono/zod-openapi'

export const settlement = z
  .strictObject({
    amount: z
      .number()
      .int()
      .min(1)
      .optional()
      .openapi({ description: 'Left out: all that is due. A part leaves the rest to be paid' }),
    by: z.enum(['CASH', 'CARD_TERMINAL']),
    note: z.string().trim().min(1).max(100).optional(),
  })
  .openapi('Settlement', { example: { by: 'CASH' } })
