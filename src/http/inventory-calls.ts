import type { z } from '@hono/zod-openapi'
import { command, question } from './restaurant-calls.ts'
import { answer } from './route.ts'
import {
  auditsJson,
  type auditsQuery,
  type levelsQuery,
  type stockAdjustment,
  stockJson,
  type stockRules,
} from './schemas/inventory.ts'
import { pageOf } from './schemas/settings-lists.ts'

type Commanding = Parameters<typeof command>[0]
type Asking = Parameters<typeof question>[0] & { readonly var: { readonly now: number } }

/** Has the restaurant correct a level. */
export async function adjust(
  c: Commanding,
  restaurantId: string,
  { menu_id: itemId, delta, set = null, reason }: z.output<typeof stockAdjustment>,
) {
  const change = delta === undefined ? { set } : { delta }
  const wanted = { type: 'adjust-stock', itemId, change, reason } as const
  return answer(await command(c, restaurantId, wanted), stockJson)
}

/** Has the restaurant change what an item's stock is watched and renewed by. */
export async function editRules(
  c: Commanding,
  restaurantId: string,
  itemId: string,
  rules: z.output<typeof stockRules>,
) {
  const changes = { lowAt: rules.low_stock_threshold, dailyPortions: rules.daily_portions }
  const wanted = { type: 'edit-stock-rules', itemId, changes } as const
  return answer(await command(c, restaurantId, wanted), stockJson)
}

/** What there is of the restaurant's items. */
export async function levels(c: Asking, restaurantId: string, query: z.output<typeof levelsQuery>) {
  const { menu_id: itemId = null, low } = query
  const found = await question(c, restaurantId, { type: 'stock-levels', itemId })
  return answer(found, (all) => {
    const wanted = all.map((level) => ({
      ...stockJson(level),
      id: level.itemId,
      name: level.name,
    }))
    const fitting = low === undefined ? wanted : wanted.filter((level) => level.low === low)
    return pageOf(fitting, query, c.var.now, ({ id: _, ...level }) => level)
  })
}

/** What became of the levels, and through whom. */
export async function audits(c: Asking, restaurantId: string, query: z.output<typeof auditsQuery>) {
  const { limit, cursor, kind = null, by = null, from = null } = query
  const filter = {
    itemId: query.menu_id ?? null,
    kind,
    by,
    orderId: query.order_id ?? null,
    from,
    before: query.to ?? null,
  }
  const beforeId = cursor ?? null
  const found = await question(c, restaurantId, {
    type: 'stock-movements',
    filter,
    limit,
    beforeId,
  })
  return answer(found, (page) => auditsJson(page, c.var.now))
}
