/** Of one thing at a time; who comes on top is sent away. */
const MOST_IN_LINE = 250
/** Of things; beyond that the oldest line is forgotten, whose people then go at the same time. */
const MOST_LINES = 10_000

interface Line {
  end: Promise<void>
  length: number
}

/**
 * Lets those who change the same thing in this isolate go one after the other. It keeps the peace and
 * proves nothing: whatever must hold is held where the thing is stored.
 */
export class Turns {
  readonly #lines = new Map<string, Line>()

  /**
   * Does the work when its turn has come, or when patience ends: who is before may have been cancelled
   * by the runtime and never say so. Null: too many are waiting.
   */
  async take<T>(
    name: string,
    work: () => Promise<T>,
    patience: () => Promise<void>,
  ): Promise<T | null> {
    const line = this.#lines.get(name) ?? this.#begin(name)
    if (line.length >= MOST_IN_LINE) return null
    const before = line.end
    let done = (): void => undefined
    line.end = new Promise((resolve) => (done = resolve))
    line.length += 1
    try {
      if (line.length > 1 && (await isLate(before, patience))) this.#forget(name, line)
      return await work()
    } finally {
      done()
      line.length -= 1
      if (line.length === 0) this.#forget(name, line)
    }
  }

  /** How many things are being changed. */
  get size(): number {
    return this.#lines.size
  }

  #begin(name: string): Line {
    const [oldest] = this.#lines.keys()
    if (oldest !== undefined && this.#lines.size >= MOST_LINES) this.#lines.delete(oldest)
    const line = { end: Promise.resolve(), length: 0 }
    this.#lines.set(name, line)
    return line
  }

  #forget(name: string, line: Line): void {
    if (this.#lines.get(name) === line) this.#lines.delete(name)
  }
}

const isLate = (before: Promise<void>, patience: () => Promise<void>): Promise<boolean> =>
  Promise.race([before.then(() => false), patience().then(() => true)])
