import { itemJson } from '../../domain/menu/menu-json.ts'
import { restaurantToEdit } from '../../usecases/catalogue/restaurant-to-edit.ts'
import type { App } from '../context.ts'
import { withAvailability } from '../item-calls.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { itemFrom, itemSchema, optionsFrom } from '../schemas/menu.ts'
import { productCreation, productEditing } from '../schemas/products.ts'

const EDITING = { tag: 'Catalogue', permission: 'product:edit', idempotency: 'taken' } as const
const ONE = { ...EDITING, restaurant: 'by-id', path: '/products/{id}', refusals: [] } as const

/** Items for those who may edit several restaurants' menus; the ids say whose. */
export function productWriting(app: App): void {
  creation(app)
  defineRoute(
    app,
    {
      ...ONE,
      method: 'put',
      operationId: 'putProduct',
      summary: 'Change a product',
      description: 'What is left out stays as it is; `options` come whole.',
      request: { params: idParams, body: productEditing },
      success: { status: 200, description: 'Changed', schema: itemSchema },
    },
    async (c) => {
      const { is_available, ...body } = c.req.valid('json')
      const { id: itemId } = c.req.valid('param')
      const wanted = { type: 'edit-item', itemId, changes: itemFrom(body) } as const
      const edited = await command(c, itemId, wanted)
      return answer(await withAvailability(c, itemId, edited, is_available), itemJson)
    },
  )
  defineRoute(
    app,
    {
      ...ONE,
      method: 'delete',
      operationId: 'deleteProduct',
      summary: 'Take a product off its menu',
      request: { params: idParams },
      success: { status: 204, description: 'Taken off; its number is not used again' },
    },
    (c) => {
      const { id: itemId } = c.req.valid('param')
      return command(c, itemId, { type: 'delete-item', itemId })
    },
  )
}

function creation(app: App): void {
  defineRoute(
    app,
    {
      ...EDITING,
      restaurant: 'any-own',
      method: 'post',
      path: '/products',
      operationId: 'createProduct',
      summary: 'Add a product to a restaurant’s menu',
      request: { body: productCreation },
      success: { status: 201, description: 'Added', schema: itemSchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const {
        restaurant_id,
        category_id: categoryId,
        options,
        is_available,
        ...rest
      } = c.req.valid('json')
      const { actor, deps, restaurantHeader } = c.var
      const named = restaurant_id ?? restaurantHeader
      const found = await restaurantToEdit(deps, actor, named, EDITING.permission)
      if (!found.ok) return found
      const { restaurantId, asker } = found.value
      const there = { var: { ...c.var, asker } }
      const item = { ...itemFrom(rest), categoryId, options: optionsFrom(options) }
      const created = await command(there, restaurantId, { type: 'create-item', ...item })
      return answer(await withAvailability(there, restaurantId, created, is_available), itemJson)
    },
  )
}
