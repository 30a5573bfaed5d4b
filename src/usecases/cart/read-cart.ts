import type { Actor, Asker } from '../../domain/actor.ts'
import { emptyCart, type CartLine, type CartState } from '../../domain/cart/cart.ts'
import type { CartView } from '../../domain/cart/cart-view.ts'
import { cartOwner } from '../../domain/cart/owner.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import { mintRandomId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Locale } from '../../domain/locale.ts'
import type { QuotedOrder } from '../../domain/order/quote-order.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { quoteOrder } from '../orders/quote-order.ts'

/** Whose cart, and for whom an order of it is reckoned. */
export interface CartReader {
  actor: Actor
  /** No token says that the session is theirs: naming it opens its cart, and nothing else of anybody. */
  unproven?: boolean
  locale: Locale
  /** Coupons to reckon with, as they were typed. */
  couponCodes: readonly string[]
  /** Null: where the reader's visit is. */
  atTable: boolean | null
  /** Where the call came from: codes are not to be guessed. */
  network: string
}

export type QuotingDeps = Parameters<typeof quoteOrder>[0]
type CartDeps = QuotingDeps & Pick<Deps, 'carts' | 'random'>

export const mintCartId = ({ random }: Pick<Deps, 'random'>): string =>
  mintRandomId(PLATFORM_KEY, random)

/** A cart that is over is empty at once; its version goes on rising. */
export const alive = (cart: CartState, now: number): CartState =>
  cart.expiresAt > now ? cart : { ...cart, restaurantId: null, lines: [] }

/** The owner's cart as it stands, be it empty. */
export async function currentCart(
  deps: Pick<CartDeps, 'carts' | 'now' | 'random'>,
  owner: string,
): Promise<CartState> {
  const now = deps.now()
  const stored = await deps.carts.of(owner)
  return stored === null ? emptyCart(owner, mintCartId(deps), now) : alive(stored, now)
}

/** What an order of the lines would come to at the restaurant that the id names. */
export async function quoteLines(
  deps: QuotingDeps,
  reader: CartReader,
  idWithKey: string,
  lines: readonly Pick<CartLine, 'itemId' | 'options' | 'quantity'>[],
): Promise<Result<QuotedOrder, Refusal>> {
  const { locale, couponCodes, atTable, network } = reader
  const requested = lines.map(({ itemId, options, quantity }) => ({ itemId, options, quantity }))
  return quoteOrder(deps, idWithKey, {
    query: { type: 'quote-order', lines: requested, couponCodes, atTable, locale },
    asker: askerOf(reader, idWithKey),
    network,
  })
}

/** What is named without a proof may be an account's id, whose coupons and tries are its own. */
function askerOf({ actor, unproven }: CartReader, idWithKey: string): Asker {
  const asker = askerAt(actor, idWithKey)
  return unproven === true ? { ...asker, sessionId: `cart:${asker.sessionId}` } : asker
}

/** The cart with what it would come to; an empty one asks no restaurant. */
export async function viewCart(
  deps: QuotingDeps,
  reader: CartReader,
  cart: CartState,
): Promise<Result<CartView, Refusal>> {
  if (cart.restaurantId === null) return ok({ cart, quote: null })
  const quoted = await quoteLines(deps, reader, cart.restaurantId, cart.lines)
  return quoted.ok ? ok({ cart, quote: quoted.value }) : quoted
}

/** The reader's own cart. */
export const readCart = async (
  deps: CartDeps,
  reader: CartReader,
): Promise<Result<CartView, Refusal>> =>
  viewCart(deps, reader, await currentCart(deps, cartOwner(reader.actor)))
