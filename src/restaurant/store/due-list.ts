export interface AgendaEntry {
  kind: string
  subject: string
  due: number
  attempt: number
  /** Of what entered it; null where it belongs to nothing in particular. */
  traceId: string | null
}

interface OfKind {
  bySubject: Map<string, { entry: AgendaEntry; dead: boolean }>
  /** In the order in which they fall due. */
  waiting: AgendaEntry[]
}

const textOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const compare = (a: AgendaEntry, b: AgendaEntry): number =>
  a.due - b.due || textOrder(a.kind, b.kind) || textOrder(a.subject, b.subject)

/**
 * The agenda's rows in memory. Each kind has a list of its own: what orders enter falls due in the order
 * in which it is entered, so that a new entry goes to the end however many orders are open.
 */
export class DueList {
  readonly #kinds = new Map<string, OfKind>()

  constructor(rows: readonly (AgendaEntry & { dead: boolean })[]) {
    for (const { kind, subject, due, attempt, traceId, dead } of rows) {
      const entry = { kind, subject, due, attempt, traceId }
      const { bySubject, waiting } = this.#ofKind(kind)
      bySubject.set(subject, { entry, dead })
      if (!dead) waiting.push(entry)
    }
    for (const { waiting } of this.#kinds.values()) waiting.sort(compare)
  }

  /** Whether there is a row, a dead one too. */
  has(kind: string, subject: string): boolean {
    return this.#kinds.get(kind)?.bySubject.has(subject) ?? false
  }

  /** The entry that waits. */
  get(kind: string, subject: string): AgendaEntry | null {
    const kept = this.#kinds.get(kind)?.bySubject.get(subject)
    return kept === undefined || kept.dead ? null : kept.entry
  }

  put(entry: AgendaEntry, dead: boolean): void {
    this.remove(entry.kind, entry.subject)
    const { bySubject, waiting } = this.#ofKind(entry.kind)
    bySubject.set(entry.subject, { entry, dead })
    if (dead) return
    const last = waiting.at(-1)
    if (last === undefined || compare(last, entry) < 0) waiting.push(entry)
    else waiting.splice(placeOf(entry, waiting), 0, entry)
  }

  remove(kind: string, subject: string): void {
    const of = this.#kinds.get(kind)
    const kept = of?.bySubject.get(subject)
    if (of === undefined || kept === undefined) return
    of.bySubject.delete(subject)
    if (!kept.dead) of.waiting.splice(placeOf(kept.entry, of.waiting), 1)
  }

  earliest(): number | null {
    let earliest = Infinity
    for (const { waiting } of this.#kinds.values())
      earliest = Math.min(earliest, waiting[0]?.due ?? Infinity)
    return earliest === Infinity ? null : earliest
  }

  /** How many have been given up. */
  dead(): number {
    let dead = 0
    for (const { bySubject, waiting } of this.#kinds.values())
      dead += bySubject.size - waiting.length
    return dead
  }

  /** What is due by now, the earliest first, at most so many. */
  due(now: number, most: number): AgendaEntry[] {
    const due: AgendaEntry[] = []
    for (const { waiting } of this.#kinds.values())
      for (const entry of waiting.slice(0, most)) {
        if (entry.due > now) break
        due.push(entry)
      }
    return due.sort(compare).slice(0, most)
  }

  #ofKind(kind: string): OfKind {
    let of = this.#kinds.get(kind)
    if (of === undefined) {
      of = { bySubject: new Map(), waiting: [] }
      this.#kinds.set(kind, of)
    }
    return of
  }
}

/** How many of those that wait come before it. */
function placeOf(entry: AgendaEntry, waiting: readonly AgendaEntry[]): number {
  let [low, high] = [0, waiting.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = waiting[middle]
    if (other !== undefined && compare(other, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}
