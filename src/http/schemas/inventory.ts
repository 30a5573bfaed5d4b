import { z } from '@hono/zod-openapi'
import type { StockLevel } from '../../domain/menu/menu.ts'
import { MAX_LEVEL } from '../../domain/stock/adjust.ts'
import { available } from '../../domain/stock/stock.ts'
import { idSchema } from './common.ts'

const level = z.int().openapi({ maximum: MAX_LEVEL })

export const stockAdjustment = z
  .object({
    menu_id: idSchema,
    delta: level.optional().openapi({ example: -2, description: 'Added to the level' }),
    set: level
      .nullable()
      .optional()
      .openapi({ minimum: 0, description: 'The new level; null = count no more' }),
    reason: z.string().trim().min(1).max(200).openapi({ example: '재고 실사' }),
  })
  .superRefine(({ delta, set }, context) => {
    if ((delta === undefined) === (set === undefined))
      context.addIssue({
        code: 'custom',
        path: [delta === undefined ? 'set' : 'delta'],
        params: { reason: 'either_delta_or_set' },
      })
  })
  .openapi('StockAdjustment')

export const stockSchema = z
  .object({
    menu_id: z.string().openapi({ format: 'uuid' }),
    counted: z.boolean(),
    level: z.int().nullable(),
    reserved: z.int().nullable().openapi({ description: 'Held by orders not yet accepted' }),
    available: z.int().nullable(),
  })
  .openapi('Stock')

export const namedStockSchema = stockSchema.extend({ name: z.string() }).openapi('NamedStock')

export const stockJson = ({ itemId, stock }: { itemId: string; stock: StockLevel | null }) => ({
  menu_id: itemId,
  counted: stock !== null,
  level: stock?.level ?? null,
  reserved: stock?.reserved ?? null,
  available: available(stock),
})
