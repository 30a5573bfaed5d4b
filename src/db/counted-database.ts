import { d1Trouble } from './unavailable.ts'

/** What is told of a database's use. */
export interface DatabaseCounts {
  asked(kind: string): void
  failed(trouble: 'lost' | 'busy' | 'failed' | 'statement'): void
}

const VERBS = new Set(['select', 'insert', 'update', 'delete'])
const WRITING = /\b(insert|update|delete)\b/i

/** What a statement does; one with named parts by what comes after them. */
function kindOf(text: string): string {
  const [verb = ''] = /\w+/.exec(text) ?? []
  const word = verb.toLowerCase()
  if (word !== 'with') return VERBS.has(word) ? word : 'other'
  return WRITING.exec(text)?.[1]?.toLowerCase() ?? 'select'
}

/** A statement that is counted when it runs, not when it is prepared. */
class CountedStatement {
  readonly real: D1PreparedStatement
  readonly kind: string
  readonly #counts: DatabaseCounts

  constructor(real: D1PreparedStatement, kind: string, counts: DatabaseCounts) {
    this.real = real
    this.kind = kind
    this.#counts = counts
  }

  bind(...values: unknown[]): CountedStatement {
    return new CountedStatement(this.real.bind(...values), this.kind, this.#counts)
  }
  first(column?: string): Promise<unknown> {
    return this.#run(() => (column === undefined ? this.real.first() : this.real.first(column)))
  }
  run(): Promise<unknown> {
    return this.#run(() => this.real.run())
  }
  all(): Promise<unknown> {
    return this.#run(() => this.real.all())
  }
  raw(options?: { columnNames: true }): Promise<unknown> {
    return this.#run(() => (options === undefined ? this.real.raw() : this.real.raw(options)))
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    this.#counts.asked(this.kind)
    return noting(work, this.#counts)
  }
}

async function noting<T>(work: () => Promise<T>, counts: DatabaseCounts): Promise<T> {
  try {
    return await work()
  } catch (error) {
    counts.failed(d1Trouble(error) ?? 'statement')
    throw error
  }
}

/** The database with its statements counted by kind, and its failures by kind of trouble. */
export function countedDatabase<T extends D1Database | D1DatabaseSession>(
  real: T,
  counts: DatabaseCounts,
): T {
  const counted = {
    prepare: (text: string) => new CountedStatement(real.prepare(text), kindOf(text), counts),
    batch(statements: readonly CountedStatement[]) {
      for (const { kind } of statements) counts.asked(kind)
      return noting(() => real.batch(statements.map((statement) => statement.real)), counts)
    },
    exec: (text: string) => noting(() => (real as D1Database).exec(text), counts),
    withSession: (start?: string) =>
      countedDatabase((real as D1Database).withSession(start), counts),
    getBookmark: () => (real as D1DatabaseSession).getBookmark(),
  }
  return counted as unknown as T
}
