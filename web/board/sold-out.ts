import type { Tap } from './commands.ts'

export interface Mark {
  soldOut: boolean
  /** When it ends by itself; null = when somebody says so. */
  until: string | null
  /** Tapped here, and not heard by the restaurant yet. */
  sending: boolean
}

/**
 * How a dish is marked, with what this tablet has said of it last: what the restaurant has heard since
 * the list was read (`told`), and what it has yet to hear.
 */
export function markOf(
  { id, sold_out: soldOut, sold_out_until: until }: MarkedItem,
  told: readonly Tap[],
  waiting: readonly Tap[],
): Mark {
  const about = (taps: readonly Tap[]) =>
    taps.flatMap((tap) => (tap.kind === 'sold-out' && tap.itemId === id ? [tap] : [])).at(-1)
  const sending = about(waiting)
  const said = sending ?? about(told) ?? { soldOut, until }
  return { soldOut: said.soldOut, until: said.until, sending: sending !== undefined }
}

interface MarkedItem {
  id: string
  sold_out: boolean
  sold_out_until: string | null
}
