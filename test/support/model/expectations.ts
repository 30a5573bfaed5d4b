import { expect } from 'vitest'
import { stableScope, type Asker } from '../../../src/domain/actor.ts'
import type { CommandOutcome } from '../../../src/domain/commands.ts'
import type { Snapshot, World } from './world.ts'

/** The second answer to a key is the first one, marked as such. */
export function sameAnswer(outcome: CommandOutcome, first: unknown): void {
  expect(outcome).toEqual({ ok: true, value: first, replayed: true })
}

/** A repeated placing answers the order as it was placed; what pays it, as that is now. */
export function samePlacing(outcome: CommandOutcome, first: { order: unknown }): void {
  expect(outcome).toMatchObject({ ok: true, replayed: true })
  if (!outcome.ok) return
  expect((outcome.value as typeof first).order).toEqual(first.order)
  expect(Object.keys(outcome.value as object)).toEqual(Object.keys(first))
}

/** Whether a restaurant with these rows should take the order: portions, sold-out marks, unpaid caps. */
export function placingIsWelcome(
  rows: Snapshot,
  { prepaid }: Pick<World, 'prepaid'>,
  asker: Asker,
  lines: readonly { itemId: string; quantity: number }[],
): boolean {
  const unpaid = rows.orders.filter(
    ({ order }) =>
      order.status === 'PENDING' &&
      order.expiresAt !== null &&
      stableScope(order) === stableScope(asker),
  )
  if (prepaid && unpaid.length >= 2) return false
  return lines.every(({ itemId }) => {
    const wanted = lines
      .filter((line) => line.itemId === itemId)
      .reduce((sum, line) => sum + line.quantity, 0)
    const level = rows.stock.find((stock) => stock.item_id === itemId)
    const soldOut = rows.items.find((item) => item.id === itemId)?.sold_out === 1
    return !soldOut && (level === undefined || level.level - level.reserved >= wanted)
  })
}
