import type { CommandOutcome } from '../domain/commands.ts'
import { command, type Caller } from './restaurant-calls.ts'

/** Writing the menu's `is_available` is marking the item sold out, or taking the mark back. */
export async function withAvailability(
  c: Caller,
  idWithKey: string,
  written: CommandOutcome<'create-item' | 'edit-item'>,
  isAvailable: boolean | undefined,
): Promise<CommandOutcome<'create-item' | 'edit-item' | 'mark-sold-out'>> {
  if (!written.ok || isAvailable === undefined) return written
  const { id: itemId } = written.value
  const wanted = { type: 'mark-sold-out', itemId, soldOut: !isAvailable, until: null } as const
  return command(c, idWithKey, wanted)
}
