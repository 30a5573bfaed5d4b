import type { z } from '@hono/zod-openapi'
import type { RequestedLine } from '../domain/menu/quote.ts'
import type { requestedLine } from './schemas/orders.ts'

/** The lines of a body as the restaurant takes them. */
export const requestedLines = (items: readonly z.output<typeof requestedLine>[]): RequestedLine[] =>
  items.map((item) => ({
    itemId: item.menu_id,
    quantity: item.quantity,
    options: (item.options ?? []).map(({ option_id: optionId, choice }) => ({ optionId, choice })),
  }))
