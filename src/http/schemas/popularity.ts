import { z } from '@hono/zod-openapi'
import { productJson, type Reader } from '../../domain/catalogue/product.ts'
import { MARKETS } from '../../domain/catalogue/markets.ts'
import { CURRENCIES } from '../../domain/money.ts'
import type { Popular } from '../../usecases/popularity/types.ts'
import { idSchema } from './common.ts'
import { productSchema } from './products.ts'

export const popularQuery = z.object({
  restaurant_id: idSchema.optional().openapi({ description: "Left out: everybody's board" }),
})

export const topQuery = z.object({
  market: z.enum(MARKETS).optional().openapi({
    description: 'Left out: `X-Market`, else the region of `Accept-Language`, else KR',
  }),
})

const counts = {
  rank: z.int().openapi({ example: 1 }),
  order_count: z.int().openapi({
    description: 'Orders containing it that were not rejected, cancelled or expired',
  }),
  quantity: z.int().openapi({ description: 'Portions in them, less those the kitchen took out' }),
}

export const popularSchema = productSchema.extend(counts).openapi('PopularProduct')
export const topSchema = popularSchema
  .extend({
    revenue: z.int().openapi({ description: "After discount, in the restaurant's currency" }),
  })
  .openapi('TopProduct')

export const popularBoard = z
  .object({
    items: z.array(popularSchema),
    as_of: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('PopularBoard')

export const topBoards = z
  .object({
    market: z.enum(MARKETS),
    currency: z.enum(CURRENCIES),
    by_quantity: z.array(topSchema),
    by_revenue: z.array(topSchema),
    as_of: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('TopBoards')

export const popularJson = (board: readonly Popular[], reader: Reader) =>
  board.map(({ product, orderCount, quantity }, index) => ({
    ...productJson(product, reader),
    rank: index + 1,
    order_count: orderCount,
    quantity,
  }))

export const topJson = (board: readonly Popular[], reader: Reader) =>
  popularJson(board, reader).map((product, index) => ({
    ...product,
    revenue: board[index]?.revenue ?? 0,
  }))
