import { bytesToHex } from '@noble/hashes/utils.js'

type Randomness = (length: number) => Uint8Array

/** What a trace is known by (W3C Trace Context §3.2.2.3): 32 digits, not all of them zero. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/

export const isTraceId = (value: unknown): value is string =>
  typeof value === 'string' && TRACE_ID.test(value)

/** For what no caller's trace leads to: a scheduled job, a deadline of an earlier version. */
export const newTraceId = (random: Randomness): string => bytesToHex(random(16))

/** The header by which whoever is called goes on with the trace, with a span of this call's own. */
export const traceparentOf = (traceId: string, random: Randomness): string =>
  `00-${traceId}-${bytesToHex(random(8))}-01`

/** What all events are of one trace; null where they are of several, or of none. */
export function oneTraceOf(traced: readonly { traceId?: string | undefined }[]): string | null {
  const [first] = traced
  const of = first?.traceId
  return of !== undefined && traced.every(({ traceId }) => traceId === of) ? of : null
}
