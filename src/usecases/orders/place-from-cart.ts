import type { Actor } from '../../domain/actor.ts'
import type { CartState, CheckoutState } from '../../domain/cart/cart.ts'
import { cartOwner } from '../../domain/cart/owner.ts'
import type { Command, CommandEnvelope, CommandOutcome } from '../../domain/commands.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import { CHECKOUT_LEASE_MS, finishCheckout, settleCheckout } from '../cart/finish-checkouts.ts'
import { alive } from '../cart/read-cart.ts'
import type { Deps } from '../deps.ts'
import { placeOrder } from './place-order.ts'

type PlacingDeps = Parameters<typeof placeOrder>[0] & Pick<Deps, 'checkouts' | 'log'>
type Outcome = CommandOutcome<'place-order'>

export interface CartOrder {
  actor: Actor
  /** Null: the current one. */
  cartId: string | null
  /** An id that carries the key of the restaurant that the order names; null = the cart's. */
  at: string | null
  restaurantId: string | null
  /** The order but for its lines. */
  command: Omit<Command<'place-order'>, 'lines'>
  idempotency: NonNullable<CommandEnvelope['idempotency']>
  traceId: string | null
}

const MOST_TRIES = 3
/** What another order needs at most before it is worth looking again. */
const LOOK_AGAIN_SECONDS = 3
/** A key is kept for ever by its order, and for a day by its checkout. */
const OLD_ORDER_MS = 3600_000

/**
 * Places what is in the caller's cart. Its lines are written down before the restaurant is asked, so
 * that a repeat under the same key orders the same, and are taken out of the cart afterwards, once.
 */
export function placeFromCart(deps: PlacingDeps, wanted: CartOrder): Promise<Outcome> {
  return deps.toTheEnd(async () => {
    const begun = await begin(deps, wanted)
    if (!begun.ok) return begun
    const { checkout, cart } = begun.value
    const { command, actor, idempotency, traceId } = wanted
    const outcome = await placeOrder(deps, checkout.restaurantId, {
      command: { ...command, lines: checkout.lines.map(toRequested) },
      asker: askerAt(actor, checkout.restaurantId),
      idempotency,
      traceId,
    })
    const orderId = orderOf(outcome, checkout)
    if (orderId !== null) await takeOut(deps, checkout, orderId, cart)
    else if (outcome.ok || !mayStillCome(outcome.refusal)) {
      // An earlier request under the key may have placed it.
      if (!outcome.ok && isUnread(outcome.refusal)) await settleCheckout(deps, checkout)
      else await deps.checkouts.drop(checkout)
    }
    return outcome
  })
}

const toRequested = ({ itemId, options, quantity }: CheckoutState['lines'][number]) => ({
  itemId,
  options,
  quantity,
})

/** An order that is much older than its checkout came of an earlier one that has been swept. */
const orderOf = (outcome: Outcome, { startedAt }: CheckoutState): string | null =>
  outcome.ok && outcome.value.order.placedAt > startedAt - OLD_ORDER_MS
    ? outcome.value.order.id
    : null

/** The order stands and waits for its points. */
const mayStillCome = ({ kind }: Refusal): boolean =>
  kind === 'TEMPORARILY_UNAVAILABLE' || kind === 'IDEMPOTENCY_IN_PROGRESS'

/** Refused by who asks, before the restaurant has looked at the key. */
const isUnread = ({ kind }: Refusal): boolean =>
  kind === 'UNAUTHENTICATED' || kind === 'VISIT_ENDED' || kind === 'RATE_LIMITED'

/** The order stands whatever becomes of this: the cron does it otherwise. */
async function takeOut(
  deps: PlacingDeps,
  checkout: CheckoutState,
  orderId: string,
  cart: CartState | null,
): Promise<void> {
  try {
    await finishCheckout(deps, checkout, orderId, cart)
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    deps.log({ level: 'warn', kind: 'checkout-unfinished', orderId })
  }
}

async function begin(
  deps: PlacingDeps,
  { actor, cartId, at, restaurantId, idempotency: { key, fingerprint } }: CartOrder,
): Promise<Result<{ checkout: CheckoutState; cart: CartState | null }, Refusal>> {
  const owner = cartOwner(actor)
  const restaurantKey = at === null ? null : restaurantKeyOf(at)
  for (let n = 0; n < MOST_TRIES; n += 1) {
    const now = deps.now()
    const wanted = { owner, key, fingerprint, cartId, restaurantKey, now }
    const { checkout, cart, other } = await deps.checkouts.begin(wanted)
    if (checkout !== null)
      return checkout.fingerprint === fingerprint
        ? ok({ checkout, cart })
        : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
    const stands = cart && alive(cart, now)
    if (cartId !== null && stands?.id !== cartId) return refuse({ kind: 'NOT_FOUND', what: 'cart' })
    const cartRestaurantId = stands?.restaurantId ?? null
    if (cartRestaurantId === null) return refuse({ kind: 'CART_EMPTY' })
    if (restaurantKey !== null && restaurantKey !== restaurantKeyOf(cartRestaurantId)) {
      const otherRestaurantId = restaurantId
      return refuse({ kind: 'CART_RESTAURANT_MISMATCH', cartRestaurantId, otherRestaurantId })
    }
    if (other === null) continue
    if (now - other.startedAt < CHECKOUT_LEASE_MS) break
    await settleCheckout(deps, other)
  }
  return refuse({ kind: 'CART_CHECKOUT_IN_PROGRESS', retryAfterSeconds: LOOK_AGAIN_SECONDS })
}
