import type { CartState, CheckoutState } from '../../domain/cart/cart.ts'

export interface CartRepository {
  /** As it was stored, be it over. */
  of(owner: string): Promise<CartState | null>
  /** Stores it while `from` is the version that stands (0: none does); else tells what does. */
  save(cart: CartState, from: number): Promise<{ saved: boolean; current: CartState | null }>
  /** Stores both in one write while both are as they were; `emptied` has an id that was never used. */
  merge(
    merged: CartState,
    from: number,
    emptied: CartState,
    fromOther: number,
  ): Promise<{ saved: boolean }>
  /** Removes carts that are over; returns how many went. */
  sweep(now: number, limit: number): Promise<number>
}

export interface BegunCheckout {
  /** The one under this key; null where none was there and none could begin. */
  checkout: CheckoutState | null
  cart: CartState | null
  /** One under another key that nobody has finished; while it stands none begins. */
  other: CheckoutState | null
}

export interface CheckoutRepository {
  /** Enters a checkout of the cart's lines as they stand, or finds the one under this key. */
  begin(wanted: {
    owner: string
    key: string
    fingerprint: string
    /** Null: whatever cart stands. */
    cartId: string | null
    /** Null: of whatever restaurant. */
    restaurantKey: string | null
    now: number
  }): Promise<BegunCheckout>
  /** It and its owner's cart, of one moment. */
  read(
    checkout: Pick<CheckoutState, 'owner' | 'idempotencyKey'>,
  ): Promise<Pick<BegunCheckout, 'checkout' | 'cart'>>
  /**
   * Notes the order and stores what the cart is after it, in one write, once. `from` is the cart's version
   * as it was read together with a checkout that had no order. False when it has another by now.
   */
  finish(
    checkout: CheckoutState,
    orderId: string,
    cart: CartState | null,
    from: number,
  ): Promise<boolean>
  /** No order came of it. */
  drop(checkout: Pick<CheckoutState, 'owner' | 'idempotencyKey'>): Promise<void>
  /** Without an order since before then, oldest first. */
  unfinished(startedBefore: number, limit: number): Promise<readonly CheckoutState[]>
  sweep(startedBefore: number, limit: number): Promise<number>
}
