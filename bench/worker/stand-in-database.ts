import { getTableColumns } from 'drizzle-orm'
import { sessions } from '../../src/db/schema/sessions.ts'

/** One member's log-in, as much of it as a token says. */
export interface OpenSession {
  id: string
  userId: string
}

const emptyResult = { results: [], success: true, meta: {} }

/**
 * In D1's place on plain workerd: answers at once and keeps nothing but who is logged in, so that
 * members can be served. `asked` hears of every statement that is run by itself.
 */
export function standInDatabase(asked: () => void) {
  const open = new Map<string, OpenSession>()
  const answer = <T>(value: T): Promise<T> => {
    asked()
    return Promise.resolve(value)
  }
  const statement = (text: string, values: readonly unknown[]) => ({
    bind: (...bound: unknown[]) => statement(text, bound),
    all: () => answer(emptyResult),
    run: () => answer(emptyResult),
    first: () => answer(null),
    raw: () => answer(text.includes('from "sessions"') ? sessionRows(open, values) : []),
  })
  const database = {
    prepare: (text: string) => statement(text, []),
    batch: (all: unknown[]) => Promise.resolve(all.map(() => emptyResult)),
  } as unknown as D1Database
  return {
    database,
    logIn: (session: OpenSession): void => void open.set(session.id, session),
  }
}

/** The row of the session that is asked for, its columns in the table's order. */
function sessionRows(
  open: ReadonlyMap<string, OpenSession>,
  [wanted]: readonly unknown[],
): unknown[][] {
  const session = open.get(String(wanted))
  if (session === undefined) return []
  const row: Record<string, unknown> = { ...session, createdAt: 0, device: 'other' }
  return [Object.keys(getTableColumns(sessions)).map((column) => row[column] ?? null)]
}
