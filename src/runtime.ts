/**
 * What the outside world lends to the code: time, randomness, the network, a place for log lines.
 * Production uses `systemRuntime`; development and tests bring their own (sandbox/, test/support/).
 */
export interface Runtime {
  /** Milliseconds since 1970, UTC. One reading per command. */
  now(): number
  random(length: number): Uint8Array
  fetch(request: Request): Promise<Response>
  log(line: LogLine): void
  /** Lets so much time pass; where it is left out, nobody gathers what could go together. */
  pause?(ms: number): Promise<void>
}

/** One structured line; ids and figures only, never names, addresses, tokens or secrets. */
export interface LogLine {
  level: 'info' | 'warn' | 'error'
  kind: string
  [field: string]: string | number | boolean | null | undefined
}

const DRAWN_AT_ONCE = 1_024
let drawn = new Uint8Array(0)
let given = 0

/** Random bytes, each given out once. They are drawn ahead: a call into the runtime costs more than they do. */
function drawBytes(length: number): Uint8Array {
  if (given + length > drawn.length) {
    drawn = crypto.getRandomValues(new Uint8Array(Math.max(length, DRAWN_AT_ONCE)))
    given = 0
  }
  given += length
  return drawn.slice(given - length, given)
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  random: drawBytes,
  fetch: (request) => fetch(request),
  log: (line) => {
    console[line.level](JSON.stringify(line))
  },
  pause: (ms) => scheduler.wait(ms),
}
