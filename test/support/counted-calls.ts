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

/** Who answers for the world outside, and how long that takes. */
export interface Outside {
  fetch: (request: Request) => Response | Promise<Response>
  takesMs: number
}

const nothing = () => ({
  statements: [] as string[],
  batches: 0,
  objects: [] as string[],
  outside: [] as string[],
})

/**
 * Another isolate of the story's Worker, with everything counted that its requests ask of D1, of
 * objects and of the world outside. Batches of D1 are held up until the answer is there: what an
 * answer waits for cannot hide among them. While the outside is asked, those from before are written.
 */
export function countingCalls(story: Story, outside?: Outside) {
  const calls = nothing()
  let writing = 0
  let answered = Promise.resolve()
  let release = (): void => undefined
  const hold = (): void => {
    answered = new Promise((resolve) => (release = resolve))
  }
  const written = async (): Promise<void> => {
    do await scheduler.wait(0)
    while (writing > 0)
  }
  const pauses = createPauses()
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
      writing += 1
      return answered.then(() => call(...values)).finally(() => (writing -= 1))
    })
  const env: Env = {
    ...story.env,
    DB: databaseOf(story.env.DB),
    RESTAURANTS: watched(
      story.env.RESTAURANTS,
      (_, call) =>
        (...values) =>
          watched(call(...values) as object, (name, ask) => (...asked) => {
            calls.objects.push(name.replace(/Text$/, ''))
            return ask(...asked)
          }),
    ),
  }
  const handlers = createHandlers({
    now: () => story.world.now,
    random,
    fetch: async (request) => {
      if (outside === undefined) throw new Error('nothing outside is asked')
      calls.outside.push(`${request.method} ${new URL(request.url).pathname}`)
      release()
      await written()
      pauses.pass(outside.takesMs)
      await written()
      hold()
      return outside.fetch(request)
    },
    log: () => undefined,
    pause: (ms) => pauses.pause(ms),
  })

  /** What had been asked when the answer came; what the request left behind is done afterwards. */
  async function ask(path: string, init?: RequestInit) {
    Object.assign(calls, nothing())
    hold()
    const left: Promise<unknown>[] = []
    const ctx = {
      waitUntil: (work: Promise<unknown>) => void left.push(work.catch(() => undefined)),
      passThroughOnException: () => undefined,
    } as unknown as ExecutionContext
    const response = await handlers.fetch(new Request(new URL(path, 'http://x'), init), env, ctx)
    const { statements, objects } = calls
    const before = { statements: [...statements], objects: [...objects] }
    release()
    await written()
    // One after the other, as the time would bring them: what one ends may begin the next.
    while (pauses.passNext()) await written()
    for (let n = 0; n < left.length; n += 1) await left[n]
    return { response, before, inAll: { ...calls } }
  }
  return { ask }
}

/** Moments that pass when they are told to. */
function createPauses() {
  const waiting = new Set<{ left: number; end: () => void }>()
  function pass(ms: number): void {
    for (const one of waiting) {
      one.left -= ms
      if (one.left > 0) continue
      waiting.delete(one)
      one.end()
    }
  }
  return {
    pause: (ms: number) => new Promise<void>((end) => waiting.add({ left: ms, end })),
    pass,
    /** As long as it takes for one to end; false: there is none. */
    passNext(): boolean {
      if (waiting.size === 0) return false
      pass(Math.min(...[...waiting].map(({ left }) => left)))
      return true
    },
  }
}
