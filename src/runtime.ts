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

/** A draw of a few bytes costs as much as one of many: they are drawn together, and each given out once. */
export function createRandom(
  draw: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => void crypto.getRandomValues(bytes),
): Runtime['random'] {
  const drawn = new Uint8Array(DRAWN_AT_ONCE)
  let left = 0
  return (length) => {
    if (length > left) {
      if (length > DRAWN_AT_ONCE) throw new RangeError(`${length} random bytes are too many`)
      draw(drawn)
      left = DRAWN_AT_ONCE
    }
    left -= length
    const given = drawn.slice(left, left + length)
    drawn.fill(0, left, left + length)
    return given
  }
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  random: createRandom(),
  fetch: (request) => fetch(request),
  log: (line) => {
    console[line.level](JSON.stringify(line))
  },
  pause: (ms) => scheduler.wait(ms),
}
