import { createRestaurant } from '../../usecases/restaurants/create-restaurant.ts'
import type { App } from '../context.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import {
  restaurantCreation,
  restaurantEditing,
  restaurantJson,
  restaurantSchema,
  settingsFrom,
} from '../schemas/restaurants.ts'

const RESTAURANTS = { tag: 'Restaurants' } as const

/** Opening a restaurant and its settings. */
export function restaurantRoutes(app: App): void {
  creationRoute(app)
  settingsRoutes(app)
}

function creationRoute(app: App): void {
  defineRoute(
    app,
    {
      ...RESTAURANTS,
      method: 'post',
      path: '/restaurants',
      operationId: 'createRestaurant',
      summary: 'Open a restaurant',
      description: 'The caller becomes its owner; tokens from before work for it at once.',
      permission: 'restaurant:create',
      idempotency: 'taken',
      request: { body: restaurantCreation },
      success: { status: 201, description: 'Opened', schema: restaurantSchema },
      refusals: [],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const body = c.req.valid('json')
      const settings = { ...settingsFrom(body), name: body.name }
      // The permission is one of accounts; a guest's token cannot have come this far.
      if (actor.userId === null) throw new Error('an owner without an account')
      const created = await createRestaurant(deps, { ownerId: actor.userId, settings, idempotency })
      return answer(created, restaurantJson)
    },
  )
}

function settingsRoutes(app: App): void {
  const common = { ...RESTAURANTS, path: '/restaurants/me', restaurant: 'me' } as const
  defineRoute(
    app,
    {
      ...common,
      method: 'get',
      operationId: 'getOwnRestaurant',
      summary: 'Settings of the own restaurant',
      permission: 'restaurant:read',
      idempotency: 'none',
      success: { status: 200, description: 'As they stand', schema: restaurantSchema },
      refusals: [],
    },
    async (c) =>
      answer(await question(c, c.var.restaurantId, { type: 'restaurant' }), restaurantJson),
  )
  defineRoute(
    app,
    {
      ...common,
      method: 'patch',
      operationId: 'editOwnRestaurant',
      summary: 'Change settings',
      description: 'Orders that stand keep what they were placed under.',
      permission: 'restaurant:edit',
      idempotency: 'taken',
      request: { body: restaurantEditing },
      success: { status: 200, description: 'Changed', schema: restaurantSchema },
      refusals: [],
    },
    async (c) => {
      const changes = settingsFrom(c.req.valid('json'))
      const edited = await command(c, c.var.restaurantId, { type: 'edit-restaurant', changes })
      return answer(edited, restaurantJson)
    },
  )
}
