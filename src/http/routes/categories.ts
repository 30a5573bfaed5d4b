import { categoryJson } from '../../domain/menu/menu-json.ts'
import type { App } from '../context.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  categoryCreation,
  categoryEditing,
  categoryOrder,
  categorySchema,
} from '../schemas/menu.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'
import { wholeMenu } from '../whole-menu.ts'

const CATEGORIES = { tag: 'Menu', path: '/restaurants/me/categories', restaurant: 'me' } as const
const ONE = { ...CATEGORIES, path: '/restaurants/me/categories/{id}' } as const

/** The parts of a menu. */
export function categoryRoutes(app: App): void {
  collectionRoutes(app)
  orderRoute(app)
  memberRoutes(app)
}

function collectionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...CATEGORIES,
      method: 'get',
      operationId: 'listCategories',
      summary: 'Categories in their order',
      permission: 'menu:read',
      idempotency: 'none',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Categories', schema: listSchema(categorySchema) },
      refusals: [],
    },
    async (c) =>
      answer(await wholeMenu(c), ({ categories }) =>
        pageOf(categories, c.req.valid('query'), c.var.now, categoryJson),
      ),
  )
  defineRoute(
    app,
    {
      ...CATEGORIES,
      method: 'post',
      operationId: 'createCategory',
      summary: 'Add a category',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { body: categoryCreation },
      success: { status: 201, description: 'Added', schema: categorySchema },
      refusals: [],
    },
    async (c) => {
      const { name, names, position = null } = c.req.valid('json')
      const wanted = { type: 'create-category', name, names, position } as const
      return answer(await command(c, c.var.restaurantId, wanted), categoryJson)
    },
  )
}

function orderRoute(app: App): void {
  defineRoute(
    app,
    {
      ...CATEGORIES,
      method: 'put',
      path: '/restaurants/me/categories/order',
      operationId: 'orderCategories',
      summary: 'Put the categories into another order',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { body: categoryOrder },
      success: { status: 204, description: 'In this order now' },
      refusals: [],
    },
    (c) => command(c, c.var.restaurantId, { type: 'order-categories', ...c.req.valid('json') }),
  )
}

function memberRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ONE,
      method: 'patch',
      operationId: 'editCategory',
      summary: 'Rename or move a category',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { params: idParams, body: categoryEditing },
      success: { status: 200, description: 'Changed', schema: categorySchema },
      refusals: [],
    },
    async (c) => {
      const categoryId = c.req.valid('param').id
      const wanted = { type: 'edit-category', categoryId, ...c.req.valid('json') } as const
      return answer(await command(c, c.var.restaurantId, wanted), categoryJson)
    },
  )
  defineRoute(
    app,
    {
      ...ONE,
      method: 'delete',
      operationId: 'deleteCategory',
      summary: 'Remove an empty category',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 204, description: 'Removed' },
      refusals: ['CATEGORY_NOT_EMPTY'],
    },
    (c) =>
      command(c, c.var.restaurantId, {
        type: 'delete-category',
        categoryId: c.req.valid('param').id,
      }),
  )
}
