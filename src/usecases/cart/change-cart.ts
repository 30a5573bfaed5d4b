import { emptyCart, type CartLine, type CartState } from '../../domain/cart/cart.ts'
import type { CartView } from '../../domain/cart/cart-view.ts'
import { wrongsOf } from '../../domain/cart/check-line.ts'
import { cartOwner } from '../../domain/cart/owner.ts'
import type { QuotedOrder } from '../../domain/order/quote-order.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import {
  alive,
  currentCart,
  mintCartId,
  quoteLines,
  viewCart,
  type CartReader,
  type QuotingDeps,
} from './read-cart.ts'
import { inTurn, tryAgain } from './take-turns.ts'

const KEPT_KEYS = 20

export type ChangingDeps = QuotingDeps &
  Pick<Deps, 'carts' | 'cartTurns' | 'random' | 'pause' | 'toTheEnd'>

export interface CartChange extends CartReader {
  idempotency: { key: string; fingerprint: string } | null
  /** The version that the caller has seen; null = whatever stands. */
  version: number | null
}

export interface NextLines {
  lines: readonly CartLine[]
  /** An id of the restaurant that they are of; null where there are none. */
  restaurantAt: string | null
  /** The line that was put in: it is looked at as an order would, and its price counts as seen. */
  touched?: string
}

export type CartOutcome =
  { ok: true; value: CartView; replayed: boolean } | { ok: false; refusal: Refusal }

type Decide = (cart: CartState) => Result<NextLines, Refusal> | Promise<Result<NextLines, Refusal>>

/**
 * Changes the caller's cart. What others change meanwhile is kept: the decision is made again on what
 * stands then. A repeat under the same key changes nothing and is told what stands, and so is a change
 * that comes to what stands already.
 */
export function changeCart(
  deps: ChangingDeps,
  change: CartChange,
  decide: Decide,
): Promise<CartOutcome> {
  const owner = cartOwner(change.actor)
  return inTurn(deps, owner, async () => {
    let cart = await currentCart(deps, owner)
    return tryAgain(deps, async () => {
      const before = await answeredBefore(deps, change, cart)
      if (before !== null) return before
      const decided = await decide(cart)
      if (!decided.ok) return decided
      const quoted = await quoteNext(deps, change, cart, decided.value)
      if (!quoted.ok) return quoted
      const quote = quoted.value
      const next = nextCart(deps, change, cart, decided.value, quote)
      if (isSame(next.lines, cart.lines)) return done({ cart, quote })
      const { saved, current } = await deps.carts.save(next, cart.version)
      if (saved) return done({ cart: next, quote })
      const now = deps.now()
      cart = current === null ? emptyCart(owner, mintCartId(deps), now) : alive(current, now)
      return null
    })
  })
}

const done = (value: CartView): CartOutcome => ({ ok: true, value, replayed: false })

/** Lines that were taken over keep their shape. */
const isSame = (next: readonly CartLine[], lines: readonly CartLine[]): boolean =>
  JSON.stringify(next) === JSON.stringify(lines)

/** Null: the change is to be made. */
export async function answeredBefore(
  deps: QuotingDeps,
  change: CartChange,
  cart: CartState,
): Promise<CartOutcome | null> {
  const { idempotency, version } = change
  const made = cart.recentKeys.find(({ key }) => key === idempotency?.key)
  if (made !== undefined && made.fingerprint !== idempotency?.fingerprint)
    return refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
  if (made === undefined && (version === null || version === cart.version)) return null
  const viewed = await viewCart(deps, change, cart)
  if (!viewed.ok) return viewed
  if (made !== undefined) return { ...viewed, replayed: true }
  return refuse({ kind: 'VERSION', current: viewed.value })
}

async function quoteNext(
  deps: ChangingDeps,
  change: CartChange,
  cart: CartState,
  { lines, restaurantAt, touched }: NextLines,
): Promise<Result<QuotedOrder | null, Refusal>> {
  if (restaurantAt === null || lines.length === 0) return ok(null)
  const quoted = await quoteLines(deps, change, restaurantAt, lines)
  if (!quoted.ok || touched === undefined) return quoted
  const before = cart.lines.find(({ id }) => id === touched)?.quantity ?? 0
  const index = lines.findIndex(({ id }) => id === touched)
  // Fewer of what is gone or too many is always a step the right way.
  if ((lines[index]?.quantity ?? 0) <= before) return quoted
  const wrong = wrongsOf(quoted.value.lines, index)
  return wrong === null ? quoted : refuse(wrong)
}

/** The cart with the lines, as it is to be stored. */
export function nextCart(
  deps: Pick<ChangingDeps, 'settings' | 'now' | 'random'>,
  { actor, idempotency }: Pick<CartChange, 'actor' | 'idempotency'>,
  cart: CartState,
  { lines, touched }: NextLines,
  quote: QuotedOrder | null,
): CartState {
  const now = deps.now()
  const { guestTtlSeconds, memberTtlSeconds } = deps.settings.carts
  const ttlSeconds = actor.userId === null ? guestTtlSeconds : memberTtlSeconds
  const restaurantId = lines.length === 0 ? null : (quote?.restaurant.id ?? cart.restaurantId)
  const another = cart.restaurantId === null || restaurantId !== cart.restaurantId
  return {
    ...cart,
    // An order that is placed from the lines before has no say in those that come after.
    id: another ? mintCartId(deps) : cart.id,
    restaurantId,
    lines: lines.map((line, index) => {
      const price = line.id === touched ? quote?.lines[index]?.unitPrice : undefined
      return price === undefined ? line : { ...line, seenUnitPrice: price }
    }),
    version: cart.version + 1,
    recentKeys:
      idempotency === null ? cart.recentKeys : [...cart.recentKeys, idempotency].slice(-KEPT_KEYS),
    createdAt: cart.restaurantId === null ? now : cart.createdAt,
    updatedAt: now,
    expiresAt: now + ttlSeconds * 1000,
  }
}
