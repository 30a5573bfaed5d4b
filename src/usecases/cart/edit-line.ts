import { findLine, setLine } from '../../domain/cart/lines.ts'
import { ok } from '../../domain/result.ts'
import { changeCart, type CartChange, type CartOutcome, type ChangingDeps } from './change-cart.ts'

/**
 * Sets how many there are of a line that is in the cart, named by its id or its item's; 0 = none. One that
 * is not there has none already: the repeat of a removal is no failure.
 */
export const editLine = (
  deps: ChangingDeps,
  change: CartChange,
  { lineId, quantity }: { lineId: string; quantity: number },
): Promise<CartOutcome> =>
  changeCart(deps, change, (cart) => {
    const found = findLine(cart.lines, lineId)
    if (!found.ok)
      return quantity === 0 && found.refusal.kind === 'NOT_FOUND'
        ? ok({ lines: cart.lines, restaurantAt: cart.restaurantId })
        : found
    const lines = setLine(cart.lines, { ...found.value, quantity })
    if (!lines.ok) return lines
    const { id: touched } = found.value
    return ok({ lines: lines.value, restaurantAt: cart.restaurantId, touched })
  })

/** Takes everything out. */
export const clearCart = (deps: ChangingDeps, change: CartChange): Promise<CartOutcome> =>
  changeCart(deps, change, () => ok({ lines: [], restaurantAt: null }))
