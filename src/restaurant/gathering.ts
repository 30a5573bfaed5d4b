/** A run holds up everything else that the object has to do. */
const MOST_AT_ONCE = 50

/**
 * Runs what comes within one turn of the event loop in one go, in the order in which it came. What is
 * written in one go the runtime commits together: one wait for the disk instead of one for each. Each
 * work keeps to a transaction of its own, and fails alone.
 */
export class Gathering {
  readonly #turn: () => Promise<void>
  #waiting: (() => void)[] = []

  /** `turn`: lets others in, for as short as it can. */
  constructor(turn: () => Promise<void>) {
    this.#turn = turn
  }

  /** Whether somebody waits, before whom nobody else may go. */
  get isOpen(): boolean {
    return this.#waiting.length > 0
  }

  /** What the work gives or throws, once it was its turn. */
  add<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      // What is thrown while a promise is made is its rejection.
      this.#waiting.push(() => resolve(new Promise((give) => give(work()))))
      if (this.#waiting.length === 1) this.#runLater()
    })
  }

  #runLater(): void {
    const run = (): void => this.#run()
    void this.#turn().then(run, run)
  }

  #run(): void {
    for (const work of this.#waiting.splice(0, MOST_AT_ONCE)) work()
    if (this.isOpen) this.#runLater()
  }
}
