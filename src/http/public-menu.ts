import { STRANGER } from '../domain/actor.ts'
import type { HttpBindings, HttpVariables } from './context.ts'
import type { RememberedMenus } from './remembered-menus.ts'

/** Longer than the restaurant's object ever takes. */
const PATIENCE_MS = 2_000

/** A restaurant's public menu in the caller's language, as it stands now. */
export const publicMenu = (
  c: {
    readonly env: Pick<HttpBindings, 'menus'>
    readonly var: Readonly<Pick<HttpVariables, 'deps' | 'locale'>>
  },
  restaurantId: string,
): ReturnType<RememberedMenus['read']> => {
  const { deps, locale } = c.var
  return c.env.menus.read(restaurantId, locale, {
    ask: (known) =>
      deps.restaurants(restaurantId).query<'menu-text'>({
        query: { type: 'menu-text', restaurantId, locale, known },
        asker: STRANGER,
      }),
    patience: () => deps.pause(PATIENCE_MS),
  })
}
