import { itemJson } from '../../domain/menu/menu-json.ts'
import type { Menu } from '../../domain/queries.ts'
import type { App } from '../context.ts'
import { withAvailability } from '../item-calls.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  itemCreation,
  itemEditing,
  itemFrom,
  itemOrder,
  itemSchema,
  itemsQuery,
  optionsFrom,
  soldOutMark,
} from '../schemas/menu.ts'
import { pageOf } from '../schemas/settings-lists.ts'
import { wholeMenu } from '../whole-menu.ts'

const ITEMS = { tag: 'Menu', path: '/restaurants/me/items', restaurant: 'me' } as const
const ONE = { ...ITEMS, path: '/restaurants/me/items/{id}' } as const

/** What is on the menu. */
export function itemRoutes(app: App): void {
  collectionRoutes(app)
  orderRoute(app)
  readingAndRemoval(app)
  editing(app, 'patch', 'editItem')
  editing(app, 'put', 'putItem')
  soldOutRoute(app)
}

const itemsOf = ({ categories }: Menu, categoryId: string | undefined) =>
  categories
    .filter(({ id }) => categoryId === undefined || id === categoryId)
    .flatMap(({ items }) => items)

function collectionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ITEMS,
      method: 'get',
      operationId: 'listItems',
      summary: 'Items in the order of the menu',
      permission: 'menu:read',
      idempotency: 'none',
      request: { query: itemsQuery },
      success: { status: 200, description: 'Items', schema: listSchema(itemSchema) },
      refusals: [],
    },
    async (c) => {
      const { category_id, ...page } = c.req.valid('query')
      return answer(await wholeMenu(c), (menu) =>
        pageOf(itemsOf(menu, category_id), page, c.var.now, itemJson),
      )
    },
  )
  defineRoute(
    app,
    {
      ...ITEMS,
      method: 'post',
      operationId: 'createItem',
      summary: 'Add an item',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { body: itemCreation },
      success: { status: 201, description: 'Added', schema: itemSchema },
      refusals: [],
    },
    async (c) => {
      const { category_id: categoryId, options, is_available, ...rest } = c.req.valid('json')
      const item = { ...itemFrom(rest), categoryId, options: optionsFrom(options) }
      const created = await command(c, c.var.restaurantId, { type: 'create-item', ...item })
      return answer(await withAvailability(c, c.var.restaurantId, created, is_available), itemJson)
    },
  )
}

function orderRoute(app: App): void {
  defineRoute(
    app,
    {
      ...ITEMS,
      method: 'put',
      path: '/restaurants/me/items/order',
      operationId: 'orderItems',
      summary: "Put a category's items, or all, into another order",
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { body: itemOrder },
      success: { status: 204, description: 'In this order now' },
      refusals: [],
    },
    (c) => {
      const { category_id: categoryId = null, ids } = c.req.valid('json')
      return command(c, c.var.restaurantId, { type: 'order-items', categoryId, ids })
    },
  )
}

function readingAndRemoval(app: App): void {
  defineRoute(
    app,
    {
      ...ONE,
      method: 'get',
      operationId: 'getItem',
      summary: 'One item',
      permission: 'menu:read',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The item', schema: itemSchema },
      refusals: [],
    },
    async (c) => {
      const wanted = { type: 'item', itemId: c.req.valid('param').id } as const
      return answer(await question(c, c.var.restaurantId, wanted), itemJson)
    },
  )
  defineRoute(
    app,
    {
      ...ONE,
      method: 'delete',
      operationId: 'deleteItem',
      summary: 'Take an item off the menu',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 204, description: 'Taken off; its number is not used again' },
      refusals: [],
    },
    (c) => command(c, c.var.restaurantId, { type: 'delete-item', itemId: c.req.valid('param').id }),
  )
}

function editing(app: App, method: 'patch' | 'put', operationId: string): void {
  defineRoute(
    app,
    {
      ...ONE,
      method,
      operationId,
      summary: 'Change an item',
      description: 'What is left out stays as it is; `options` come whole.',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { params: idParams, body: itemEditing },
      success: { status: 200, description: 'Changed', schema: itemSchema },
      refusals: [],
    },
    async (c) => {
      const { is_available, ...body } = c.req.valid('json')
      const itemId = c.req.valid('param').id
      const wanted = { type: 'edit-item', itemId, changes: itemFrom(body) } as const
      const edited = await command(c, c.var.restaurantId, wanted)
      return answer(await withAvailability(c, c.var.restaurantId, edited, is_available), itemJson)
    },
  )
}

function soldOutRoute(app: App): void {
  defineRoute(
    app,
    {
      ...ITEMS,
      method: 'put',
      path: '/restaurants/me/items/{id}/sold-out',
      operationId: 'markSoldOut',
      summary: 'Mark an item sold out, or take the mark back',
      permission: 'menu:sold-out',
      idempotency: 'taken',
      request: { params: idParams, body: soldOutMark },
      success: { status: 200, description: 'The item as it is now', schema: itemSchema },
      refusals: [],
    },
    async (c) => {
      const { sold_out: soldOut, until } = c.req.valid('json')
      const marked = await command(c, c.var.restaurantId, {
        type: 'mark-sold-out',
        itemId: c.req.valid('param').id,
        soldOut,
        until: until === null ? null : Date.parse(until),
      })
      return answer(marked, itemJson)
    },
  )
}
