import type { Tap } from './commands.ts'

export interface Mark {
  soldOut: boolean
  /** When it ends by itself; null = when somebody says so. */
  until: string | null
  /** Tapped here, and not heard by the restaurant yet. */
  sending: boolean
}

/** How a dish is marked, with what this tablet has said of it last. */
export function markOf(
  { id, sold_out: soldOut, sold_out_until: until }: MarkedItem,
  waiting: readonly Tap[],
): Mark {
  const tapped = waiting.findLast((tap) => tap.kind === 'sold-out' && tap.itemId === id)
  return tapped?.kind === 'sold-out'
    ? { soldOut: tapped.soldOut, until: tapped.until, sending: true }
    : { soldOut, until, sending: false }
}

interface MarkedItem {
  id: string
  sold_out: boolean
  sold_out_until: string | null
}
