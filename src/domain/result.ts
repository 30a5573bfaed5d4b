/** An expected outcome: a value, or a refusal the caller can act on. Bugs throw instead. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; refusal: E }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const refuse = <E>(refusal: E): { ok: false; refusal: E } => ({ ok: false, refusal })

/** For switches over tagged unions: the compiler refuses a missing case. */
export function unreachable(value: never): never {
  throw new Error(`unexpected variant: ${JSON.stringify(value)}`)
}
