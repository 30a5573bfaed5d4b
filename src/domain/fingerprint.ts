/** Hexadecimal digits of a request's digest that an order keeps. */
const KEPT_DIGITS = 32

/**
 * What an order keeps of the digest of the request that placed it: half of a SHA-256 tells as many requests
 * apart as a random id does, and the row of a usual order stays on its page (decision 64).
 */
export const fingerprintToKeep = (whole: string): string => whole.slice(0, KEPT_DIGITS)

/** Whether what was kept of a request's digest, all or half of it, is of the request that was sent now. */
export const isOfSameRequest = (kept: string, sent: string): boolean =>
  kept === sent || (kept.length === KEPT_DIGITS && fingerprintToKeep(sent) === kept)
