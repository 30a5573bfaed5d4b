import { sessionCartOwner } from '../../domain/cart/owner.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { Deps } from '../deps.ts'
import { emptied } from './merge-carts.ts'

const MOST_TRIES = 3

/**
 * Gives a session that has no cart another one's, as it stands, whose id is the proof. Whatever keeps
 * it from that, the session goes on without: the cart stays where it is, to be merged.
 */
export async function takeCartAlong(
  deps: Pick<Deps, 'carts' | 'now' | 'random' | 'log'>,
  { from, to }: { from: string; to: string },
): Promise<void> {
  try {
    for (let n = 0; n < MOST_TRIES; n += 1) {
      const cart = await deps.carts.of(sessionCartOwner(from))
      if (cart === null || cart.restaurantId === null || cart.expiresAt <= deps.now()) return
      const taken = { ...cart, owner: sessionCartOwner(to) }
      const { saved } = await deps.carts.merge(taken, 0, emptied(deps, cart), cart.version)
      if (saved) return
    }
    deps.log({ level: 'warn', kind: 'cart-left-behind', reason: 'changed meanwhile' })
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    deps.log({ level: 'warn', kind: 'cart-left-behind', reason: 'database away' })
  }
}
