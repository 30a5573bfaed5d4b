import type { FieldError, Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'

/**
 * The entries in the order of `ids`, which name each of them once and nothing else; only those whose
 * position changes come back.
 */
export function reordered<T extends { id: string; position: number }>(
  entries: readonly T[],
  ids: readonly string[],
): Result<T[], Refusal> {
  const known = new Map(entries.map((entry) => [entry.id, entry]))
  const placed = new Map<string, T>()
  const errors: FieldError[] = []
  ids.forEach((id, position) => {
    const entry = known.get(id)
    const field = `ids.${position}`
    if (entry === undefined) errors.push({ field, reason: 'unknown' })
    else if (placed.has(id)) errors.push({ field, reason: 'repeated' })
    else placed.set(id, { ...entry, position })
  })
  if (errors.length === 0 && placed.size < known.size)
    errors.push({ field: 'ids', reason: 'incomplete' })
  if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
  return ok([...placed.values()].filter(({ id, position }) => known.get(id)?.position !== position))
}
