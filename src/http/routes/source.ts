import type { z } from '@hono/zod-openapi'
import { belongsTo, restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { App } from '../context.ts'
import { originOf } from '../links.ts'
import { idParams } from '../schemas/common.ts'
import type { menuSchema } from '../schemas/menu.ts'
import type { orderSchema, placedOrder } from '../schemas/orders.ts'
import { tableCreation, type tableSchema } from '../schemas/tables.ts'
import { TRANSLATED, type Translation } from '../source-paths.ts'
import type { AskWithin, InnerCall } from '../source/ask-within.ts'
import * as bodies from '../source/bodies.ts'
import { retold, translation, type SourceCall } from '../source/translate.ts'

type Menu = z.output<typeof menuSchema>
type Table = z.output<typeof tableSchema>
type Order = z.output<typeof orderSchema>
type PlacedOrder = z.output<typeof placedOrder>
interface Page<T> {
  items: T[]
  next_cursor: string | null
}

/** The most that a list gives at once. */
const PAGE = 100

/** The paths of the sources whose bodies differ: each asks the canonical one, and tells it in their words. */
export function sourceRoutes(app: App, ask: AskWithin): void {
  for (const row of TRANSLATED) ROUTES[row.translation](app, row, ask)
}

const ROUTES: Record<Translation, ReturnType<typeof translation>> = {
  foods: translation({
    request: { query: bodies.foodQuery },
    answer: async ({ c, query: { category }, restaurantId, ask }) =>
      retold(await ask(menuOf(restaurantId)), (menu: Menu) =>
        bodies
          .foodsOf(menu, originOf(c))
          .filter((food) => category === undefined || food.category === category),
      ),
  }),

  food: translation({
    request: { params: bodies.foodParams },
    async answer({ c, param, restaurantId, ask }) {
      const answered = await ask(menuOf(restaurantId))
      if (!answered.ok) return answered
      const menu = await answered.clone().json<Menu>()
      const named = bodies.itemNamed(menu, param.food)
      if (named === null) return { kind: 'NOT_FOUND', what: 'item' }
      return retold(answered, () =>
        bodies.foodsOf(menu, originOf(c)).find(({ id }) => id === named.number),
      )
    },
  }),

  tables: translation({
    request: {},
    async answer({ restaurantId, ask }) {
      const tables: Table[] = []
      for (let cursor = ''; ;) {
        const path = `/tables?limit=${PAGE}${cursor}`
        const answered = await ask({ method: 'GET', path, restaurantId })
        if (!answered.ok) return answered
        const { items, next_cursor: next } = await answered.clone().json<Page<Table>>()
        tables.push(...items)
        if (next === null) return retold(answered, () => tables)
        cursor = `&cursor=${next}`
      }
    },
  }),

  'new-table': translation({
    request: { body: tableCreation },
    answer: ({ body, restaurantId, ask }) =>
      ask({ method: 'POST', path: '/tables', body, restaurantId }),
  }),

  table: translation({
    request: { params: idParams },
    answer: async ({ param: { id }, restaurantId, ask }) =>
      elsewhere(id, restaurantId, 'table') ??
      ask({ method: 'GET', path: `/tables/${id}`, named: id }),
  }),

  'table-orders': translation({
    request: { params: idParams },
    answer: (call) => ordersAt(call, call.param.id),
  }),

  'table-reset': translation({
    request: { params: idParams, query: bodies.resetQuery },
    answer: async ({ param: { id }, query, restaurantId, ask }) =>
      elsewhere(id, restaurantId, 'table') ??
      ask({ method: 'POST', path: `/tables/${id}/reset`, body: query }),
  }),

  'new-order': translation({
    request: { body: bodies.newSourceOrder },
    async answer(call) {
      const { table_id: tableId, items } = call.body
      const placed = await place(call, tableId, items, (menu) => ({
        payment_method: bodies.counterMethod(menu),
      }))
      return placed instanceof Response ? retold(placed, bodies.sourceOrder) : placed
    },
  }),

  history: translation({
    request: { query: bodies.historyQuery },
    async answer(call) {
      const { table_id: tableId, limit = String(PAGE), cursor } = call.query
      if (tableId !== undefined) return ordersAt(call, tableId)
      const path = `/restaurants/me/orders?${pageQuery(limit, cursor)}`
      const { restaurantId } = call
      const answered = await call.ask({ method: 'GET', path, restaurantId })
      if (!answered.ok) return answered
      const { next_cursor: next } = await answered.clone().json<Page<Order>>()
      // An array has no place for it (RFC 8288).
      if (next !== null) answered.headers.set('Link', `<?${pageQuery(limit, next)}>; rel="next"`)
      return retoldOrders(answered)
    },
  }),

  'pre-order': translation({
    request: { params: bodies.tableParams, body: bodies.newPreOrder },
    async answer(call) {
      const { items, payer_name, total_amount } = call.body
      const terms = { payment_method: 'DEPOSIT', payer_name, expected_total: total_amount }
      const placed = await place(call, call.param.table_id, items, () => terms)
      if (!(placed instanceof Response)) return placed
      return retold(placed, (order: PlacedOrder) => bodies.preOrderAnswer(order, call.c.var.locale))
    },
  }),

  'payment-status': translation({
    request: { params: idParams },
    async answer({ param: { id }, restaurantId, ask }) {
      const unknown = elsewhere(id, restaurantId, 'order')
      if (unknown !== null) return unknown
      const path = `/orders/${id}/payment-status`
      const answered = await ask({ method: 'GET', path, named: id })
      return retold(answered, bodies.sourcePaymentStatus)
    },
  }),
}

const menuOf = (restaurantId: string): InnerCall => ({
  method: 'GET',
  path: `/restaurants/${restaurantId}/menu`,
})

/** What is another restaurant's does not exist under these paths. */
const elsewhere = (id: string, restaurantId: string, what: string): Refusal | null =>
  belongsTo(id, restaurantKeyOf(restaurantId)) ? null : { kind: 'NOT_FOUND', what }

type Asking = Pick<SourceCall<object>, 'restaurantId' | 'ask'>

/** Those of the party that sits there. */
async function ordersAt(
  { restaurantId, ask }: Asking,
  tableId: string,
): Promise<Response | Refusal> {
  const unknown = elsewhere(tableId, restaurantId, 'table')
  if (unknown !== null) return unknown
  return retoldOrders(
    await ask({ method: 'GET', path: `/tables/${tableId}/orders`, named: tableId }),
  )
}

const pageQuery = (limit: string, cursor?: string): string =>
  new URLSearchParams({ limit, ...(cursor !== undefined && { cursor }) }).toString()

const retoldOrders = (answered: Response): Promise<Response> =>
  retold(answered, ({ items }: { items: Order[] }) =>
    items.filter((order) => !bodies.isOver(order)).map(bodies.sourceOrder),
  )

/** The order of a table, its dishes named by their numbers. */
async function place(
  { restaurantId, ask }: Asking,
  tableId: string,
  lines: readonly bodies.FoodLine[],
  termsBy: (menu: Menu) => Record<string, unknown>,
): Promise<Response | Refusal> {
  const unknown = elsewhere(tableId, restaurantId, 'table')
  if (unknown !== null) return unknown
  const answered = await ask({ ...menuOf(restaurantId), beside: true })
  if (!answered.ok) return answered
  const menu = await answered.json<Menu>()
  const found = bodies.linesFrom(menu, lines)
  if ('unknownAt' in found)
    return { kind: 'NOT_FOUND', what: 'item', field: `items.${found.unknownAt}.food_id` }
  const path = `/tables/${tableId}/orders`
  return ask({ method: 'POST', path, body: { ...found, ...termsBy(menu) }, named: tableId })
}
