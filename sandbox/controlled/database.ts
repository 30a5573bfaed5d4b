import { controls } from './controls.ts'
import { remoteCall } from './cut.ts'

const REAL = Symbol('the statement underneath')
type Wrapped = D1PreparedStatement & { [REAL]: D1PreparedStatement }

/** As D1 itself says it when its connection breaks. */
function query<T>(call: () => Promise<T>): Promise<T> {
  return remoteCall(() =>
    controls.d1Down ? Promise.reject(new Error('D1_ERROR: Network connection lost.')) : call(),
  )
}

const RUNNING = new Set<PropertyKey>(['first', 'run', 'all', 'raw'])

function wrapStatement(real: D1PreparedStatement): Wrapped {
  return new Proxy(real, {
    get(target, property) {
      if (property === REAL) return target
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function') return member
      const method = member.bind(target) as (...values: unknown[]) => unknown
      if (property === 'bind') {
        return (...values: unknown[]) => wrapStatement(method(...values) as D1PreparedStatement)
      }
      return RUNNING.has(property)
        ? (...values: unknown[]) => query(() => method(...values) as Promise<unknown>)
        : method
    },
  }) as Wrapped
}

const unwrap = (statement: D1PreparedStatement) => (statement as Wrapped)[REAL]

/** The database with a switch: what is asked while it is down fails as a lost connection does. */
export function controlledDatabase<T extends D1Database | D1DatabaseSession>(real: T): T {
  const wrapped = {
    prepare: (sql: string) => wrapStatement(real.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => query(() => real.batch(statements.map(unwrap))),
    exec: (sql: string) => query(() => (real as D1Database).exec(sql)),
    withSession: (start?: string) => controlledDatabase((real as D1Database).withSession(start)),
    getBookmark: () => (real as D1DatabaseSession).getBookmark(),
  }
  return wrapped as unknown as T
}
