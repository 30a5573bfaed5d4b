type Missing = Record<string, unknown>

function fill(owner: object, name: string, value: unknown): void {
  if ((owner as Missing)[name] === undefined)
    Object.defineProperty(owner, name, { value, configurable: true, writable: true })
}

/** A random UUID out of sixteen random bytes: version 4, variant 10. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  })
  return [
    [0, 4],
    [4, 6],
    [6, 8],
    [8, 10],
    [10, 16],
  ]
    .map(([from, to]) => hex.slice(from, to).join(''))
    .join('-')
}

export function lastThat<T>(this: readonly T[], is: (one: T) => boolean): T | undefined {
  for (let at = this.length - 1; at >= 0; at -= 1) {
    const one = this[at] as T
    if (is(one)) return one
  }
  return undefined
}

export function entryAt<T>(this: readonly T[], at: number): T | undefined {
  return this[at < 0 ? this.length + at : at]
}

/** What tablets lack whose system gets no updates any more; UUIDs also wherever there is no TLS. */
fill(crypto, 'randomUUID', () => uuidOf(crypto.getRandomValues(new Uint8Array(16))))
fill(Array.prototype, 'at', entryAt)
fill(Array.prototype, 'findLast', lastThat)
if (typeof AbortSignal !== 'undefined')
  fill(AbortSignal, 'timeout', (ms: number) => {
    const ending = new AbortController()
    setTimeout(() => ending.abort(), ms)
    return ending.signal
  })
