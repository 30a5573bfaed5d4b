import { bytesToHex } from '@noble/hashes/utils.js'
import { newTraceId } from '../domain/trace.ts'

interface Randomness {
  random(length: number): Uint8Array
}

export interface Trace {
  /** For a request that brought no id of its own. */
  id: string
  traceId: string
  /** With our own span as the parent of whatever follows. */
  traceparent: string
}

// W3C Trace Context §3.2: version ff and ids of zeros alone are invalid.
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})/

/** The caller's trace with a span of ours, or a new one where the header is not a valid one. */
export function traceOf(header: string | undefined, from: Randomness): Trace {
  const [id, span] = [bytesToHex(from.random(16)), bytesToHex(from.random(8))]
  const [, sent, flags] = header === undefined ? [] : (TRACEPARENT.exec(header) ?? [])
  const traceId = sent ?? newTraceId((length) => from.random(length))
  return { id, traceId, traceparent: `00-${traceId}-${span}-${flags ?? '01'}` }
}
