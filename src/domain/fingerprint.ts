/** Hexadecimal digits of a request's digest that an order may keep. */
const KEPT_DIGITS = 32

/**
 * Whether what was kept of a request's digest is of the request that was sent now: the whole of it, or its
 * first half. Half of a SHA-256 tells as many requests apart as a random id does.
 */
export const isOfSameRequest = (kept: string, sent: string): boolean =>
  kept === sent || (kept.length === KEPT_DIGITS && sent.startsWith(kept))
