/** Of an owner with more keys than these each is looked up; beyond so many in all they are read anew. */
const MOST_OF_ONE = 300
const MOST_OF_ALL = 20_000

/**
 * The keys that owners have placed orders under, all of an owner's or none. Most keys are new: who
 * orders again is told so without a look at the rows.
 */
export class SeenKeys {
  /** Null: too many. */
  readonly #byOwner = new Map<string, Set<string> | null>()
  readonly #read: (owner: string, most: number) => readonly string[]
  #count = 0

  /** `read`: the owner's keys, at most so many. */
  constructor(read: (owner: string, most: number) => readonly string[]) {
    this.#read = read
  }

  /** False: no order was placed under it. True: the rows have to tell. */
  mayHave(owner: string, key: string): boolean {
    const known = this.#byOwner.get(owner)
    const keys = known === undefined ? this.#learn(owner) : known
    return keys === null || keys.has(key)
  }

  /** An order was placed under it. */
  add(owner: string, key: string): void {
    this.#byOwner.get(owner)?.add(key)
    this.#keep(owner, 1)
  }

  #learn(owner: string): ReadonlySet<string> | null {
    const keys = new Set(this.#read(owner, MOST_OF_ONE + 1))
    this.#byOwner.set(owner, keys)
    this.#keep(owner, 1 + keys.size)
    return keys.size > MOST_OF_ONE ? null : keys
  }

  /** So much was added to what is known of the owner. */
  #keep(owner: string, added: number): void {
    const keys = this.#byOwner.get(owner)
    if (keys == null) return
    this.#count += added
    if (keys.size > MOST_OF_ONE) {
      this.#byOwner.set(owner, null)
      this.#count -= keys.size
    }
    if (this.#count <= MOST_OF_ALL) return
    this.#byOwner.clear()
    this.#count = 0
  }
}
