import { partsOf, type TaggedText } from '../domain/menu/tagged-text.ts'
import type { Locale } from '../domain/locale.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../domain/result.ts'
import { StorageUnavailableError } from '../domain/unavailable.ts'

/** A menu as it goes to readers. */
export interface WrittenMenu {
  readonly tag: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

type Read = Result<WrittenMenu, Refusal>

/** How a reader asks, and how long it waits for others. */
export interface Reader {
  /** Asks the restaurant for its menu; where it is one of the `known`, the tag alone comes back. */
  ask(known: readonly string[]): Promise<Result<TaggedText, Refusal>>
  patience(): Promise<void>
}

interface Line {
  /** Asked already: what it brings may be older than the wish of who comes now. */
  running: Promise<Read>
  /** What is asked as soon as that is answered, for all who have come meanwhile. */
  next: Promise<Read> | null
}

/** An isolate has 128 MB for everything. */
const MOST_BYTES = 8 * 1024 * 1024

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const textOf = ({ bytes }: WrittenMenu): string => decoder.decode(bytes)

/**
 * The public menus that this isolate answered last, as bytes. Their restaurants are asked every time
 * whether they still stand, and only what is new is sent over and written anew; readers who wait at the
 * same time share a question, so that a full house costs the restaurant what a few do.
 */
export class RememberedMenus {
  readonly #menus = new Map<string, WrittenMenu>()
  readonly #lines = new Map<string, Line>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes
  }

  /**
   * The menu as it stands after the call, or the restaurant's refusal. A reader whose patience ends asks
   * by itself: who went before may have been cut off by the runtime and never say so.
   */
  read(restaurantId: string, locale: Locale, reader: Reader): Promise<Read> {
    const key = `${restaurantId} ${locale}`
    const line = this.#lines.get(key)
    if (line === undefined) return this.#ask(key, reader)
    line.next ??= hereAfter(line.running).then(() => this.#ask(key, reader))
    return this.#share(key, line, line.next, reader)
  }

  #share(key: string, line: Line, next: Promise<Read>, reader: Reader): Promise<Read> {
    let isOver = false
    const shared = next.finally(() => (isOver = true))
    const late = async (): Promise<Read> => {
      await reader.patience()
      if (isOver) return shared
      if (this.#lines.get(key) === line) this.#lines.delete(key)
      return this.#askAlone(key, reader)
    }
    return Promise.race([shared, late()]).catch((error: unknown) => {
      // What another request died of is not ours; a restaurant that is overrun is not asked once more.
      if (error instanceof StorageUnavailableError) throw error
      return this.#askAlone(key, reader)
    })
  }

  #ask(key: string, reader: Reader): Promise<Read> {
    const line: Line = { running: this.#askAlone(key, reader), next: null }
    this.#lines.set(key, line)
    const end = (): void => {
      if (line.next === null && this.#lines.get(key) === line) this.#lines.delete(key)
    }
    line.running.then(end, end)
    return line.running
  }

  async #askAlone(key: string, reader: Reader): Promise<Read> {
    const known = this.#menus.get(key)
    const answered = await reader.ask(known === undefined ? [] : [known.tag])
    if (!answered.ok) return answered
    const { tag, text } = partsOf(answered.value)
    if (text === null) {
      if (known?.tag !== tag) throw new Error('a menu came without its text, and nobody has it')
      return ok(known)
    }
    const written = { tag, bytes: encoder.encode(text) as Uint8Array<ArrayBuffer> }
    this.#keep(key, written)
    return ok(written)
  }

  /** Instead of an earlier one; for room the oldest go. */
  #keep(key: string, written: WrittenMenu): void {
    this.#drop(key)
    this.#menus.set(key, written)
    this.#bytes += written.bytes.length
    for (const oldest of this.#menus.keys()) {
      if (this.#bytes <= this.#mostBytes) return
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#menus.get(key)?.bytes.length ?? 0
    this.#menus.delete(key)
  }
}

/**
 * Over when the promise is. What follows on another request's promise runs as that request, whose calls
 * are not ours; what follows on one that was made here is ours.
 */
const hereAfter = (promise: Promise<unknown>): Promise<void> =>
  new Promise((over) => {
    const end = (): void => over()
    promise.then(end, end)
  })
