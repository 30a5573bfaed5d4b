import type { Actor } from '../../domain/actor.ts'
import { cartOwner } from '../../domain/cart/owner.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { Locale } from '../../domain/locale.ts'
import type { RequestedLine } from '../../domain/menu/quote.ts'
import type { QueryOutcome } from '../../domain/queries.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { currentCart } from '../cart/read-cart.ts'
import type { Deps } from '../deps.ts'
import { quoteOrder, unknownIn } from '../orders/quote-order.ts'
import { UNKNOWN_COUPON } from './ask-about-codes.ts'

type ValidatingDeps = Parameters<typeof quoteOrder>[0] & Pick<Deps, 'carts' | 'random'>

export interface CodesToValidate {
  actor: Actor
  network: string
  locale: Locale
  /** As they were typed. */
  codes: readonly string[]
  /** An id that carries the key of the restaurant that is named; null: the lines tell. */
  at: string | null
  /** Null: where the caller's visit is. */
  atTable: boolean | null
  order: { lines: readonly RequestedLine[] } | { cartId: string }
}

/** A quote where the codes are what is asked about: one that the restaurant does not have is refused. */
export async function validateCoupons(
  deps: ValidatingDeps,
  { actor, network, locale, codes, at, atTable, order }: CodesToValidate,
): Promise<QueryOutcome<'quote-order'>> {
  const found =
    'lines' in order ? ok(linesAt(order.lines, at)) : await inCart(deps, actor, order, at)
  if (!found.ok) return found
  const { place, lines } = found.value
  const quoted = await quoteOrder(deps, place, {
    query: { type: 'quote-order', lines, couponCodes: codes, atTable, locale },
    asker: askerAt(actor, place),
    network,
  })
  return unknownIn(quoted) > 0 ? refuse(UNKNOWN_COUPON) : quoted
}

interface Lines {
  place: string
  lines: readonly RequestedLine[]
}

function linesAt(lines: readonly RequestedLine[], at: string | null): Lines {
  const place = at ?? lines[0]?.itemId
  if (place === undefined) throw new Error('no restaurant is named and there are no lines')
  return { place, lines }
}

async function inCart(
  deps: ValidatingDeps,
  actor: Actor,
  { cartId }: { cartId: string },
  at: string | null,
): Promise<Result<Lines, Refusal>> {
  const { id, restaurantId, lines } = await currentCart(deps, cartOwner(actor))
  if (id !== cartId) return refuse({ kind: 'NOT_FOUND', what: 'cart' })
  if (restaurantId === null) return refuse({ kind: 'CART_EMPTY' })
  if (at !== null && restaurantKeyOf(at) !== restaurantKeyOf(restaurantId))
    return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
  return ok({
    place: restaurantId,
    lines: lines.map(({ itemId, options, quantity }) => ({ itemId, options, quantity })),
  })
}
