import { errorText } from '../../domain/error-text.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { CartState, CheckoutState } from '../../domain/cart/cart.ts'
import { subtractLines } from '../../domain/cart/lines.ts'
import { scopeOfOwner } from '../../domain/cart/owner.ts'
import { isOfSameRequest } from '../../domain/fingerprint.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { Deps } from '../deps.ts'

/** Longer than a request lives: whoever began it is gone. */
export const CHECKOUT_LEASE_MS = 60_000
const MOST_TRIES = 25
const PER_RUN = 50

type FinishingDeps = Pick<Deps, 'checkouts' | 'now'>

/** Takes the ordered lines out of the cart they came from, once; what was put in meanwhile stays. */
export async function finishCheckout(
  deps: FinishingDeps,
  checkout: CheckoutState,
  orderId: string,
  /** As it was read together with the checkout. */
  known?: CartState | null,
): Promise<void> {
  let found = known === undefined ? await deps.checkouts.read(checkout) : { checkout, cart: known }
  for (let n = 0; n < MOST_TRIES; n += 1) {
    // Only of a checkout without an order is its cart known to have the lines still.
    if (found.checkout !== null && found.checkout.orderId !== null) return
    const { cart } = found
    const next = cart && afterOrder(cart, checkout, deps.now())
    if (await deps.checkouts.finish(checkout, orderId, next, cart?.version ?? 0)) return
    found = await deps.checkouts.read(checkout)
  }
  throw new StorageUnavailableError(new Error('the cart changes all the time'))
}

/** A cart that was emptied, replaced or merged since has another id and is left as it is. */
function afterOrder(cart: CartState, checkout: CheckoutState, now: number): CartState {
  const lines = cart.id === checkout.cartId ? subtractLines(cart.lines, checkout.lines) : cart.lines
  const restaurantId = lines.length === 0 ? null : cart.restaurantId
  return { ...cart, lines, restaurantId, version: cart.version + 1, updatedAt: now }
}

/** What became of a checkout that nobody finished: its restaurant knows. */
export async function settleCheckout(
  deps: FinishingDeps & Pick<Deps, 'restaurants'>,
  checkout: CheckoutState,
): Promise<'placed' | 'dropped'> {
  const { owner, idempotencyKey: key, fingerprint } = checkout
  const placed = await deps.restaurants(checkout.restaurantId).query<'order-under-key'>({
    query: { type: 'order-under-key', owner: scopeOfOwner(owner), key },
    asker: SYSTEM,
  })
  if (!placed.ok) throw new Error(`restaurant ${checkout.restaurantId}: ${placed.refusal.kind}`)
  // One that ended for want of points was refused as good as never placed: its lines stay.
  const order = placed.value
  if (order !== null && isOfSameRequest(order.fingerprint, fingerprint) && !order.failed) {
    await finishCheckout(deps, checkout, order.orderId)
    return 'placed'
  }
  await deps.checkouts.drop(checkout)
  return 'dropped'
}

/** Settles the oldest that were left behind, each on its own. For the cron. */
export async function finishCheckouts(
  deps: FinishingDeps & Pick<Deps, 'restaurants' | 'log'>,
): Promise<Record<'placed' | 'dropped' | 'failed', number>> {
  const done = { placed: 0, dropped: 0, failed: 0 }
  const left = await deps.checkouts.unfinished(deps.now() - CHECKOUT_LEASE_MS, PER_RUN)
  for (const checkout of left) {
    try {
      done[await settleCheckout(deps, checkout)] += 1
    } catch (error) {
      done.failed += 1
      const text = errorText(error)
      const { restaurantId, orderId } = checkout
      deps.log({ level: 'warn', kind: 'checkout-unsettled', restaurantId, orderId, error: text })
    }
  }
  return done
}
