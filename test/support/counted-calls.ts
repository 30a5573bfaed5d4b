import type { Env } from '../../src/env.ts'
import { createHandlers } from '../../src/handlers.ts'
import { random } from './identity.ts'
import type { Story } from './story.ts'

type Method = (...values: unknown[]) => unknown

/** The same thing, but each call of one of its methods goes through `instead`. */
function watched<T extends object>(thing: T, instead: (name: string, call: Method) => Method): T {
  return new Proxy(thing, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function' || typeof property === 'symbol') return member
      return instead(property, member.bind(target) as Method)
    },
  })
}

const RUNS = new Set(['all', 'first', 'raw', 'run'])

/**
 * The story's Worker, with everything counted that its requests ask of D1 and of objects. Batches of
 * D1 are held up until the answer is there: what an answer waits for cannot hide among them.
 */
export function countingCalls(story: Story) {
  const calls = { statements: [] as string[], batches: 0, objects: [] as string[] }
  let answered = Promise.resolve()
  const statementOf = (statement: D1PreparedStatement, text: string): D1PreparedStatement =>
    watched(statement, (name, call) => (...values) => {
      if (name === 'bind') return statementOf(call(...values) as D1PreparedStatement, text)
      if (RUNS.has(name)) calls.statements.push(text)
      return call(...values)
    })
  const databaseOf = <T extends object>(database: T): T =>
    watched(database, (name, call) => (...values) => {
      if (name === 'prepare')
        return statementOf(call(...values) as D1PreparedStatement, String(values[0]))
      if (name === 'withSession') return databaseOf(call(...values) as object)
      if (name === 'exec') calls.statements.push(String(values[0]))
      if (name !== 'batch') return call(...values)
      calls.batches += 1
      return answered.then(() => call(...values))
    })
  const env: Env = {
    ...story.env,
    DB: databaseOf(story.env.DB),
    RESTAURANTS: watched(
      story.env.RESTAURANTS,
      (_, call) =>
        (...values) =>
          watched(call(...values) as object, (name, ask) => (...asked) => {
            calls.objects.push(name)
            return ask(...asked)
          }),
    ),
  }
  const handlers = createHandlers({
    now: () => story.world.now,
    random,
    fetch: () => Promise.reject(new Error('nothing outside is asked')),
    log: () => undefined,
  })

  /** What had been asked when the answer came; what the request left behind is done afterwards. */
  async function ask(path: string, init?: RequestInit) {
    Object.assign(calls, { statements: [], batches: 0, objects: [] })
    let release = (): void => undefined
    answered = new Promise((resolve) => (release = resolve))
    const left: Promise<unknown>[] = []
    const ctx = {
      waitUntil: (work: Promise<unknown>) => void left.push(work.catch(() => undefined)),
      passThroughOnException: () => undefined,
    } as unknown as ExecutionContext
    const response = await handlers.fetch(new Request(new URL(path, 'http://x'), init), env, ctx)
    const before = { statements: [...calls.statements], objects: [...calls.objects] }
    release()
    for (let n = 0; n < left.length; n += 1) await left[n]
    return { response, before, inAll: { ...calls } }
  }
  return { ask }
}
