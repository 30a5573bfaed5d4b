import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'

const MAX_NAME_CHARS = 10

/** The name a new table gets: the one wanted, or the first of T1, T2, … that no table has. */
export function nameTable(
  wanted: string | null,
  taken: ReadonlySet<string>,
): Result<string, Refusal> {
  if (wanted === null) return ok(firstFree(taken))
  // Macs write Hangul in pieces; the printed name and the typed one must be one.
  const name = wanted.normalize('NFC').trim()
  const length = Array.from(name).length
  if (length === 0 || length > MAX_NAME_CHARS) {
    const reason = length === 0 ? 'too_small' : 'too_big'
    return refuse({ kind: 'INVALID', errors: [{ field: 'name', reason }] })
  }
  return taken.has(name) ? refuse({ kind: 'TABLE_NAME_TAKEN', name }) : ok(name)
}

function firstFree(taken: ReadonlySet<string>): string {
  let number = 1
  while (taken.has(`T${number}`)) number += 1
  return `T${number}`
}
