interface Randomness {
  random(length: number): Uint8Array
}

export interface Trace {
  traceId: string
  /** With our own span as the parent of whatever follows. */
  traceparent: string
}

// W3C Trace Context §3.2: version ff and ids of zeros alone are invalid.
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})/

// Every request asks for forty bytes of it.
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function randomHex(from: Randomness, bytes: number): string {
  let hex = ''
  for (const byte of from.random(bytes)) hex += HEX[byte] ?? ''
  return hex
}

/** The caller's trace continued with a span of ours; null when the header is not a valid one. */
export function parseTraceparent(header: string | undefined, from: Randomness): Trace | null {
  const [, traceId, flags] = TRACEPARENT.exec(header ?? '') ?? []
  if (traceId === undefined || flags === undefined) return null
  return { traceId, traceparent: `00-${traceId}-${randomHex(from, 8)}-${flags}` }
}

export function newTrace(from: Randomness): Trace {
  const traceId = randomHex(from, 16)
  return { traceId, traceparent: `00-${traceId}-${randomHex(from, 8)}-01` }
}
