import type { Api } from './api.ts'
import { ADMIN, SECOND_ADMIN } from './demo-data.ts'
import { ensureAdmin } from './demo-team.ts'
import { keyFor } from './seed-restaurant.ts'

const NAME = 'default_restaurant_id'

interface Settings {
  items: { name: string; value: unknown }[]
}

/**
 * Makes the restaurant the one that paths under `/api/` mean, where none is: proposed by one
 * administrator, approved by another. `state`: where the local database lies, for their roles.
 */
export async function ensureDefaultRestaurant(
  api: Api,
  state: string,
  restaurantId: string,
): Promise<void> {
  const { access_token: token } = await ensureAdmin(api, state, ADMIN)
  const { items } = await api.ask<Settings>('GET', '/admin/settings', { token })
  if (items.find(({ name }) => name === NAME)?.value !== null) return
  const { id } = await api.ask<{ id: string }>('POST', '/admin/settings/changes', {
    token,
    key: keyFor(`${NAME}-${restaurantId}`),
    body: { name: NAME, value: restaurantId, reason: 'the demo restaurant' },
  })
  const second = await ensureAdmin(api, state, SECOND_ADMIN)
  await api.ask('POST', `/admin/settings/changes/${id}/approve`, {
    token: second.access_token,
    key: keyFor(`approve-${id}`),
    body: {},
  })
}
