import type { ItemOption } from './menu.ts'

/** In minor units; a hundred lines of it with options stay exact. */
export const MAX_ITEM_PRICE = 1_000_000_000

/** The least a portion can cost with the options a guest may leave out or must take. */
export const cheapest = (price: number, options: readonly ItemOption[]): number =>
  options.reduce((sum, option) => sum + cheapestPick(option), price)

function cheapestPick({ required, min, max, choices }: ItemOption): number {
  const deltas = choices.map(({ priceDelta }) => priceDelta).sort((a, b) => a - b)
  let picked = 0
  let least = required ? Infinity : 0
  deltas.slice(0, max).forEach((delta, index) => {
    picked += delta
    if (index + 1 >= min) least = Math.min(least, picked)
  })
  return least
}
