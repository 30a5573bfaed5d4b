/** What a tablet has tapped, until the restaurant has answered. */
export type Tap =
  | {
      kind: 'accept'
      orderId: string
      minutes: number
      message: string | null
      out: readonly { lineId: string; quantity: number }[]
    }
  | { kind: 'reject'; orderId: string; reason: string; soldOutItemIds: readonly string[] }
  | { kind: 'ready'; orderId: string }
  | { kind: 'complete'; orderId: string }
  | { kind: 'acknowledge'; orderId: string }
  | { kind: 'sold-out'; itemId: string; soldOut: boolean; until: string | null }
  | { kind: 'stock'; itemId: string; level: number }
  | { kind: 'pause'; until: string | null }
  | { kind: 'resume' }
  | { kind: 'busy'; minutes: number }

export type TapKind = Tap['kind']

/** What may be thought better of: it waits on the tablet before it goes. */
const HELD: readonly TapKind[] = ['accept', 'reject', 'ready', 'complete']
export const isHeld = ({ kind }: Tap): boolean => HELD.includes(kind)
export const HOLD_MS = 5_000

export interface HeldTap {
  key: string
  tap: Tap
  /** When it goes, by this device's clock in ms. */
  goesAt: number
}

/** What is to go now, and what waits on; in the order it was tapped. */
export function dueOf(
  held: readonly HeldTap[],
  now: number,
): { due: readonly HeldTap[]; waits: readonly HeldTap[] } {
  return {
    due: held.filter(({ goesAt }) => goesAt <= now),
    waits: held.filter(({ goesAt }) => goesAt > now),
  }
}

/**
 * What is held after a tap: a second one on the same order takes the place of the first, which nobody
 * has heard of yet.
 */
export function hold(held: readonly HeldTap[], wanted: HeldTap): readonly HeldTap[] {
  const orderId = orderOf(wanted.tap)
  return [...held.filter(({ tap }) => orderId === null || orderOf(tap) !== orderId), wanted]
}

export const orderOf = (tap: Tap): string | null => ('orderId' in tap ? tap.orderId : null)
