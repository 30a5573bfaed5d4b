export interface AgendaEntry {
  kind: string
  subject: string
  due: number
  attempt: number
}

const keyOf = (kind: string, subject: string): string => `${kind}/${subject}`

function compare(a: AgendaEntry, b: AgendaEntry): number {
  if (a.due !== b.due) return a.due - b.due
  const [one, other] = [keyOf(a.kind, a.subject), keyOf(b.kind, b.subject)]
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * The agenda's rows in memory, those that wait in the order in which they fall due: asking what is due
 * costs the same however many orders are open.
 */
export class DueList {
  readonly #byKey = new Map<string, { entry: AgendaEntry; dead: boolean }>()
  readonly #waiting: AgendaEntry[] = []

  constructor(rows: readonly (AgendaEntry & { dead: boolean })[]) {
    for (const { kind, subject, due, attempt, dead } of rows) {
      const entry = { kind, subject, due, attempt }
      this.#byKey.set(keyOf(kind, subject), { entry, dead })
      if (!dead) this.#waiting.push(entry)
    }
    this.#waiting.sort(compare)
  }

  /** Whether there is a row, a dead one too. */
  has(kind: string, subject: string): boolean {
    return this.#byKey.has(keyOf(kind, subject))
  }

  /** The entry that waits. */
  get(kind: string, subject: string): AgendaEntry | null {
    const kept = this.#byKey.get(keyOf(kind, subject))
    return kept === undefined || kept.dead ? null : kept.entry
  }

  put(entry: AgendaEntry, dead: boolean): void {
    this.remove(entry.kind, entry.subject)
    this.#byKey.set(keyOf(entry.kind, entry.subject), { entry, dead })
    if (!dead) this.#waiting.splice(this.#placeOf(entry), 0, entry)
  }

  remove(kind: string, subject: string): void {
    const kept = this.#byKey.get(keyOf(kind, subject))
    if (kept === undefined) return
    this.#byKey.delete(keyOf(kind, subject))
    if (!kept.dead) this.#waiting.splice(this.#placeOf(kept.entry), 1)
  }

  earliest(): number | null {
    return this.#waiting[0]?.due ?? null
  }

  /** What is due by now, the earliest first, at most so many. */
  due(now: number, most: number): AgendaEntry[] {
    const first = this.#waiting.slice(0, most)
    const later = first.findIndex(({ due }) => due > now)
    return later === -1 ? first : first.slice(0, later)
  }

  /** How many of those that wait come before it. */
  #placeOf(entry: AgendaEntry): number {
    let [low, high] = [0, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#waiting[middle]
      if (other !== undefined && compare(other, entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
