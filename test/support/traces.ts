export const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'

/** The header by which a caller goes on with a trace of its own. */
export const within = (traceId: string) => ({ traceparent: `00-${traceId}-00f067aa0ba902b7-01` })

let traces = 0
/** A trace of nobody else's. */
export const newTrace = (): string => (traces += 1).toString(16).padStart(32, 'a')
