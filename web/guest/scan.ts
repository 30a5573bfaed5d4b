import { forget, keep, recall } from '../lib/kept.ts'

/**
 * The table's code. It travels behind `#`, which browsers do not send; read once, it leaves the address,
 * where a history or a shared link would carry it on. A page opened without it has what was kept.
 */
export class Scan {
  readonly #key: string
  /** Came with this very visit of the page: somebody stood before the table. */
  isFresh = false
  #code: string | null

  constructor(tableId: string) {
    this.#key = `os-code-${tableId}`
    this.#code = recall(this.#key) as string | null
    this.read()
  }

  get code(): string | null {
    return this.#code
  }

  /** True where the address brought one. */
  read(): boolean {
    const code = decoded(location.hash.slice(1))
    if (code === '') return false
    this.#code = code
    this.isFresh = true
    // A browser that keeps nothing has it in the address alone.
    if (keep(this.#key, code)) history.replaceState(history.state, '', location.pathname)
    return true
  }

  /** The visit that it was scanned for is over. */
  forget(): void {
    this.#code = null
    this.isFresh = false
    forget(this.#key)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
