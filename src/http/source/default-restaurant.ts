import type { Context } from 'hono'
import type { AppEnv } from '../context.ts'

/** The restaurant that paths without one mean: as the platform's settings say, else the deployment's. */
export async function defaultRestaurantOf(c: Context<AppEnv>): Promise<string | null> {
  const { defaultRestaurantId } = await c.env.deps.platformSettings.read()
  return defaultRestaurantId ?? c.env.defaultRestaurant
}
