/** One value of the rows, read when it is first asked for. */
export interface Remembered<V> {
  get(): V
  /** After a write: what the rows hold now. */
  set(value: V): void
  forget(): void
}

/** Values of the rows by key; at most so many. */
export interface RememberedByKey<V> {
  get(key: string, read: () => V): V
  known(key: string): V | undefined
  set(key: string, value: V): void
  forget(key: string): void
}

/**
 * What was read of the rows and would be read again by the next command. Nobody else writes them, so
 * a copy stays right until the store itself writes; a roll-back forgets all of it (Store.transaction).
 */
export class Memory {
  readonly #parts: { forget(): void }[] = []

  one<V>(read: () => V): Remembered<V> {
    let kept: { value: V } | null = null
    const part: Remembered<V> = {
      get: () => (kept ??= { value: read() }).value,
      set: (value) => {
        kept = { value }
      },
      forget: () => {
        kept = null
      },
    }
    this.#parts.push(part)
    return part
  }

  byKey<V>(most: number): RememberedByKey<V> {
    const kept = new Map<string, V>()
    this.#parts.push({ forget: () => kept.clear() })
    const set = (key: string, value: V): V => {
      if (kept.size >= most && !kept.has(key)) kept.clear()
      kept.set(key, value)
      return value
    }
    return {
      get: (key, read) => (kept.has(key) ? (kept.get(key) as V) : set(key, read())),
      known: (key) => kept.get(key),
      set,
      forget: (key) => void kept.delete(key),
    }
  }

  forget(): void {
    for (const part of this.#parts) part.forget()
  }
}
