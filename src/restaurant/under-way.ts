/** Who was asked longer ago than this has answered, or lost the request that asked. */
const FORGOTTEN_MS = 10_000

interface Asked {
  calls: number
  lastAt: number
}

/** How many commands of this isolate are under way, by restaurant. A hint: nothing hangs on it but speed. */
export class UnderWay {
  readonly #now: () => number
  readonly #asked = new Map<string, Asked>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Does the work, and tells it whether others are under way to the same restaurant. */
  async during<T>(name: string, work: (amongOthers: boolean) => Promise<T>): Promise<T> {
    const asked = this.#begin(name)
    try {
      return await work(asked.calls > 1)
    } finally {
      asked.calls -= 1
      if (asked.calls === 0 && this.#asked.get(name) === asked) this.#asked.delete(name)
    }
  }

  #begin(name: string): Asked {
    const now = this.#now()
    const known = this.#asked.get(name)
    // A call whose request was cut off never says that it has ended.
    const asked =
      known !== undefined && now - known.lastAt < FORGOTTEN_MS ? known : { calls: 0, lastAt: now }
    asked.calls += 1
    asked.lastAt = now
    this.#asked.set(name, asked)
    return asked
  }
}
