import type { Outcome } from '../../lib/outcome.ts'

/** Null where there is no such thing: an address may name anything. */
export async function found<T>(reading: Promise<Outcome<T>>): Promise<Outcome<T | null>> {
  const outcome = await reading
  if (outcome.ok) return outcome
  const { status } = outcome.trouble
  return status === 404 || status === 400 ? { ok: true, value: null } : outcome
}
