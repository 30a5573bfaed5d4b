import type { CartState } from '../../domain/cart/cart.ts'
import { wrongsOf } from '../../domain/cart/check-line.ts'
import { addLine, lineIdOf, setLine, type WantedLine } from '../../domain/cart/lines.ts'
import { parseId, restaurantKeyOf } from '../../domain/ids.ts'
import type { RequestedLine } from '../../domain/menu/quote.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  changeCart,
  type CartChange,
  type CartOutcome,
  type ChangingDeps,
  type NextLines,
} from './change-cart.ts'
import { quoteLines } from './read-cart.ts'

export interface PutLine {
  line: RequestedLine
  /** `add`: so many more. `set`: so many in all, 0 = none. */
  how: 'add' | 'set'
  /** Whether it may take the place of another restaurant's lines. */
  replace: boolean
}

/** Puts a line into the cart, or changes how many there are of it. */
export async function putLine(
  deps: ChangingDeps,
  change: CartChange,
  { line, how, replace }: PutLine,
): Promise<CartOutcome> {
  const wanted = await withChoiceIds(deps, change, line)
  if (!wanted.ok) return wanted
  const outcome = await changeCart(deps, change, (cart) =>
    isElsewhere(cart, wanted.value) && wanted.value.quantity > 0
      ? fromElsewhere(deps, change, cart, wanted.value, replace)
      : nextLines(cart, wanted.value, how),
  )
  // An id with a key that is no restaurant's.
  const unknown = !outcome.ok && outcome.refusal.kind === 'NOT_FOUND'
  return unknown ? refuse({ kind: 'NOT_FOUND', what: 'item', field: 'menu_id' }) : outcome
}

const isElsewhere = ({ restaurantId }: CartState, { itemId }: WantedLine): boolean =>
  restaurantId !== null && restaurantKeyOf(restaurantId) !== restaurantKeyOf(itemId)

function nextLines(
  cart: CartState,
  wanted: WantedLine,
  how: PutLine['how'],
): Result<NextLines, Refusal> {
  const put = how === 'add' ? addLine : setLine
  const lines = put(cart.lines, wanted)
  if (!lines.ok) return lines
  return ok({
    lines: lines.value,
    restaurantAt: cart.restaurantId ?? wanted.itemId,
    touched: lineIdOf(wanted.itemId, wanted.options),
  })
}

/** Refused with both restaurants' ids, unless the caller lets the new one take the place. */
async function fromElsewhere(
  deps: ChangingDeps,
  change: CartChange,
  cart: CartState,
  wanted: WantedLine,
  replace: boolean,
): Promise<Result<NextLines, Refusal>> {
  if (replace) return nextLines({ ...cart, restaurantId: null, lines: [] }, wanted, 'set')
  const quoted = await quoteLines(deps, change, wanted.itemId, [wanted])
  if (!quoted.ok) return quoted
  return refuse(
    wrongsOf(quoted.value.lines, 0) ?? {
      kind: 'CART_RESTAURANT_MISMATCH',
      cartRestaurantId: cart.restaurantId ?? '',
      otherRestaurantId: quoted.value.restaurant.id,
    },
  )
}

/** Choices may be named; the menu says which they are. */
async function withChoiceIds(
  deps: ChangingDeps,
  change: CartChange,
  line: RequestedLine,
): Promise<Result<WantedLine, Refusal>> {
  const ids = line.options.map(({ choice }) => parseId(choice))
  if (ids.every((id) => id !== null))
    return ok({
      ...line,
      options: line.options.map(({ optionId }, index) => ({ optionId, choice: ids[index] ?? '' })),
    })
  const asked = { ...line, quantity: Math.max(1, line.quantity) }
  const quoted = await quoteLines(deps, { ...change, couponCodes: [] }, line.itemId, [asked])
  if (!quoted.ok) return quoted
  const [offered] = quoted.value.lines
  if (offered === undefined || offered.unitPrice === null)
    return refuse(
      wrongsOf(quoted.value.lines, 0) ?? { kind: 'NOT_FOUND', what: 'item', field: 'menu_id' },
    )
  const options = offered.options.map(({ optionId, choiceId }) => ({ optionId, choice: choiceId }))
  return ok({ ...line, options })
}
