import { z } from '@hono/zod-openapi'
import type { StockLevel } from '../../domain/menu/menu.ts'
import { MAX_LEVEL } from '../../domain/stock/adjust.ts'
import { MOVEMENT_KINDS, type StockMovement } from '../../domain/stock/movement.ts'
import { isLow } from '../../domain/stock/state.ts'
import { available } from '../../domain/stock/stock.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'
import { wholeListQuery } from './settings-lists.ts'

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

const rule = level.nullable().optional()

export const stockRules = z
  .strictObject({
    low_stock_threshold: rule.openapi({
      minimum: 0,
      example: 5,
      description:
        'Staff and owner are told when no more portions than this are left; null = never',
    }),
    daily_portions: rule.openapi({
      minimum: 1,
      example: 30,
      description:
        'What the level becomes when a business day begins, from the next on; null = never',
    }),
  })
  .superRefine((rules, context) => {
    if (rules.low_stock_threshold === undefined && rules.daily_portions === undefined)
      context.addIssue({
        code: 'custom',
        path: ['low_stock_threshold'],
        params: { reason: 'required' },
      })
  })
  .openapi('StockRules')

export const stockSchema = z
  .object({
    menu_id: z.string().openapi({ format: 'uuid' }),
    counted: z.boolean(),
    level: z.int().nullable(),
    reserved: z.int().nullable().openapi({ description: 'Held by orders not yet accepted' }),
    available: z.int().nullable(),
    low: z.boolean().openapi({ description: 'No more are left than its threshold' }),
    low_stock_threshold: z.int().nullable(),
    daily_portions: z.int().nullable(),
  })
  .openapi('Stock')

export const namedStockSchema = stockSchema.extend({ name: z.string() }).openapi('NamedStock')

export const stockJson = ({ itemId, stock }: { itemId: string; stock: StockLevel | null }) => ({
  menu_id: itemId,
  counted: stock !== null,
  level: stock?.level ?? null,
  reserved: stock?.reserved ?? null,
  available: available(stock),
  low: isLow(stock),
  low_stock_threshold: stock?.lowAt ?? null,
  daily_portions: stock?.dailyPortions ?? null,
})

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** Path parameter `{menu_id}`. */
export const itemParams = z.object({ menu_id: idSchema })

export const levelsQuery = wholeListQuery.extend({
  menu_id: idSchema.optional().openapi({ description: 'This item alone' }),
  low: flag.optional().openapi({
    type: 'string',
    enum: ['true', 'false'],
    description: 'Whether no more are left than the threshold',
  }),
})

const toCursor = (id: number): string => btoa(String(id)).replaceAll('=', '')

function fromCursor(cursor: string): number | null {
  try {
    const text = atob(cursor)
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
  } catch {
    return null
  }
}

const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .optional()

export const auditsQuery = pageQuery.extend({
  cursor: z
    .string()
    .transform((cursor, context) => {
      const id = fromCursor(cursor)
      if (id !== null) return id
      context.addIssue({ code: 'invalid_format', format: 'cursor', input: cursor })
      return z.NEVER
    })
    .optional()
    .openapi({ type: 'string', description: '`next_cursor` of the page before' }),
  menu_id: idSchema.optional(),
  kind: z.enum(MOVEMENT_KINDS).optional(),
  by: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .openapi({ description: 'A user, a session, or `system`' }),
  order_id: idSchema.optional(),
  from: instant.openapi({ type: 'string', format: 'date-time' }),
  to: instant.openapi({ type: 'string', format: 'date-time', description: 'Not in it' }),
})

/** For those who work for no restaurant: an id of the restaurant, or of one of its items, says which. */
const ofRestaurant = { restaurant_id: idSchema.optional() }

type Named = { restaurant_id?: string | undefined; menu_id?: string | undefined }
function restaurantIsNamed({ restaurant_id, menu_id }: Named, context: z.RefinementCtx): void {
  if (restaurant_id === undefined && menu_id === undefined)
    context.addIssue({
      code: 'custom',
      path: ['restaurant_id'],
      params: { reason: 'required' },
    })
}
export const anyLevelsQuery = levelsQuery.extend(ofRestaurant).superRefine(restaurantIsNamed)
export const anyAuditsQuery = auditsQuery.extend(ofRestaurant).superRefine(restaurantIsNamed)

export const auditSchema = z
  .object({
    id: z.string(),
    menu_id: z.string().openapi({ format: 'uuid' }),
    name: z.string().openapi({ description: 'As the item is called now' }),
    at: timeSchema,
    by: z.string().openapi({ description: 'A user, a session, or `system`' }),
    kind: z.enum(MOVEMENT_KINDS).openapi({
      description: 'ADJUSTED by staff; SOLD to an order that was accepted; DAILY portions',
    }),
    reason: z.string().openapi({
      description: "Staff's words, the order's number, or the business day that began",
    }),
    order_id: z.string().nullable(),
    before: z.int().nullable().openapi({ description: 'Null: it was not counted' }),
    after: z.int().nullable().openapi({ description: 'Null: it is not counted any more' }),
  })
  .openapi('StockAudit')

const auditJson = (movement: StockMovement & { itemName: string }) => ({
  id: String(movement.id),
  menu_id: movement.itemId,
  name: movement.itemName,
  at: isoTime(movement.at),
  by: movement.by,
  kind: movement.kind,
  reason: movement.reason,
  order_id: movement.orderId,
  before: movement.levelBefore,
  after: movement.levelAfter,
})

/** A page of the log; it may be short and have another after it all the same. */
export const auditsJson = (
  found: {
    movements: readonly (StockMovement & { itemName: string })[]
    nextBefore: number | null
  },
  asOf: number,
) => ({
  items: found.movements.map(auditJson),
  next_cursor: found.nextBefore === null ? null : toCursor(found.nextBefore),
  as_of: isoTime(asOf),
})
