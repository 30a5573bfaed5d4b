import { hintOf } from '../../domain/restaurant/secrets.ts'
import { createRestaurant } from '../../usecases/restaurants/create-restaurant.ts'
import { sealSecrets } from '../../usecases/restaurants/seal-secrets.ts'
import type { App } from '../context.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { secretsFrom } from '../schemas/restaurant-secrets.ts'
import {
  restaurantCreation,
  restaurantEditing,
  restaurantJson,
  restaurantSchema,
  settingsFrom,
} from '../schemas/restaurants.ts'
import { pauseRoutes } from './pause.ts'

const RESTAURANTS = { tag: 'Restaurants' } as const

/** Opening a restaurant and its settings. */
export function restaurantRoutes(app: App): void {
  creationRoute(app)
  settingsRoutes(app)
  pauseRoutes(app)
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
      refusals: ['PAYMENTS_OPEN'],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const body = c.req.valid('json')
      const settings = { ...settingsFrom(body), name: body.name }
      // The permission is one of accounts; a guest's token cannot have come this far.
      if (actor.userId === null) throw new Error('an owner without an account')
      const secrets = secretsFrom(body)
      const wanted = { ownerId: actor.userId, settings, idempotency, secrets }
      const hints = secrets.flatMap(({ name, value }) =>
        value === null ? [] : [{ name, hint: hintOf(name, value) }],
      )
      return answer(await createRestaurant(deps, wanted), (restaurant) =>
        restaurantJson(restaurant, hints, c.var.now),
      )
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
      answer(
        await question(c, c.var.restaurantId, { type: 'own-restaurant' }),
        ({ restaurant, secrets }) => restaurantJson(restaurant, secrets, c.var.now),
      ),
  )
  defineRoute(
    app,
    {
      ...common,
      method: 'patch',
      operationId: 'editOwnRestaurant',
      summary: 'Change settings',
      description:
        'Orders that stand keep what they were placed under. Keys of a provider are changed when no payment is open there.',
      permission: 'restaurant:edit',
      idempotency: 'taken',
      request: { body: restaurantEditing },
      success: { status: 200, description: 'Changed', schema: restaurantSchema },
      refusals: ['PAYMENTS_OPEN'],
    },
    async (c) => {
      const body = c.req.valid('json')
      const { deps, restaurantId, now } = c.var
      const sealed = await sealSecrets(deps, restaurantId, secretsFrom(body))
      if (!sealed.ok) return sealed
      const wanted = { changes: settingsFrom(body), secrets: sealed.value }
      const edited = await command(c, restaurantId, { type: 'edit-restaurant', ...wanted })
      if (sealed.value.length > 0) deps.forgetAccounts(restaurantId)
      return answer(edited, ({ secrets, ...restaurant }) =>
        restaurantJson(restaurant, secrets ?? [], now),
      )
    },
  )
}
