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

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fetch: (request) => fetch(request),
  log: (line) => {
    console[line.level](JSON.stringify(line))
  },
  pause: (ms) => scheduler.wait(ms),
}
