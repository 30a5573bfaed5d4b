import type { CartState } from '../../domain/cart/cart.ts'
import type { CartView } from '../../domain/cart/cart-view.ts'
import { mergeLines, type MergedLines } from '../../domain/cart/merge.ts'
import { cartOwner, sessionCartOwner } from '../../domain/cart/owner.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { QuotedOrder } from '../../domain/order/quote-order.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  answeredBefore,
  nextCart,
  type CartChange,
  type CartOutcome,
  type ChangingDeps,
} from './change-cart.ts'
import type { Deps } from '../deps.ts'
import { currentCart, mintCartId, quoteLines, viewCart } from './read-cart.ts'
import { inTurn, tryAgain } from './take-turns.ts'

export interface MergeWish {
  /** The guest's, whose cart comes over. */
  sessionId: string
  /** Whose lines stay where the two are of different restaurants; null = refuse. */
  keep: 'mine' | 'theirs' | null
}

/** Puts a session's cart on top of one's own, and empties it: both or neither. */
export function mergeCarts(
  deps: ChangingDeps,
  change: CartChange,
  { sessionId, keep }: MergeWish,
): Promise<CartOutcome> {
  const [ownOwner, otherOwner] = [cartOwner(change.actor), sessionCartOwner(sessionId)]
  return inTurn(deps, ownOwner, () =>
    tryAgain(deps, async () => {
      const [own, other] = await Promise.all([
        currentCart(deps, ownOwner),
        currentCart(deps, otherOwner),
      ])
      const before = await answeredBefore(deps, change, own)
      if (before !== null) return before
      const nothing = other.restaurantId === null || ownOwner === otherOwner
      if (nothing) return nothingCame(deps, change, own)
      const chosen = choose(own, other, keep)
      if (!chosen.ok) return chosen
      const merged = await merge(deps, change, chosen.value.own, chosen.value.other)
      if (!merged.ok) return merged
      const { lines, adjusted, quote } = merged.value
      const next = nextCart(deps, change, own, { lines, restaurantAt: null }, quote)
      const left = emptied(deps, other)
      const { saved } = await deps.carts.merge(next, own.version, left, other.version)
      return saved ? { ok: true, value: { cart: next, quote, adjusted }, replayed: false } : null
    }),
  )
}

/** Its new id says that this merge has emptied it. */
export const emptied = (deps: Pick<Deps, 'now' | 'random'>, cart: CartState): CartState => ({
  ...cart,
  id: mintCartId(deps),
  restaurantId: null,
  lines: [],
  version: cart.version + 1,
  updatedAt: deps.now(),
})

async function nothingCame(
  deps: ChangingDeps,
  change: CartChange,
  own: CartState,
): Promise<CartOutcome> {
  const viewed = await viewCart(deps, change, own)
  if (!viewed.ok) return viewed
  const value: CartView = { ...viewed.value, adjusted: [] }
  return { ok: true, value, replayed: false }
}

type Pair = { own: CartState; other: CartState }

/** What of the two is put together. */
function choose(own: CartState, other: CartState, keep: MergeWish['keep']): Result<Pair, Refusal> {
  const [mine, theirs] = [own.restaurantId, other.restaurantId]
  const together = mine === null || restaurantKeyOf(mine) === restaurantKeyOf(theirs ?? '')
  if (together) return ok({ own, other })
  const none = { lines: [], restaurantId: null }
  if (keep === 'mine') return ok({ own, other: { ...other, ...none } })
  if (keep === 'theirs') return ok({ own: { ...own, ...none }, other })
  const [cartRestaurantId, otherRestaurantId] = [mine, theirs ?? '']
  return refuse({ kind: 'CART_RESTAURANT_MISMATCH', cartRestaurantId, otherRestaurantId })
}

async function merge(
  deps: ChangingDeps,
  change: CartChange,
  own: CartState,
  other: CartState,
): Promise<Result<MergedLines & { quote: QuotedOrder }, Refusal>> {
  const at = own.restaurantId ?? other.restaurantId ?? ''
  const summed = mergeLines(own.lines, other.lines, () => null)
  const first = await quoteLines(deps, change, at, summed.lines)
  if (!first.ok) return first
  const items = new Map(first.value.lines.map(({ itemId, item }) => [itemId, item]))
  const capped = mergeLines(own.lines, other.lines, (id) => items.get(id)?.maxPerOrder ?? null)
  if (capped.adjusted.length === summed.adjusted.length)
    return ok({ ...summed, quote: first.value })
  const again = await quoteLines(deps, change, at, capped.lines)
  return again.ok ? ok({ ...capped, quote: again.value }) : again
}
