import type { Env } from '../../src/env.ts'
import { controls } from './controls.ts'
import { remoteCall } from './cut.ts'
import { controlledDatabase } from './database.ts'

type Jobs = Env['JOBS']
type Message = MessageSendRequest<Parameters<Jobs['send']>[0]>

function afterFaults(messages: readonly Message[]): Message[] {
  return messages.flatMap((message) => {
    if (controls.loseQueueMessages > 0) {
      controls.loseQueueMessages -= 1
      return []
    }
    if (controls.duplicateQueueMessages > 0) {
      controls.duplicateQueueMessages -= 1
      return [message, message]
    }
    return [message]
  })
}

function controlledQueue(real: Jobs): Jobs {
  const sendAll = (messages: readonly Message[], options?: QueueSendBatchOptions) =>
    remoteCall(async () => {
      const surviving = afterFaults(messages)
      if (surviving.length > 0) return real.sendBatch(surviving, options)
      return { metadata: { metrics: await real.metrics() } }
    })
  return {
    metrics: () => real.metrics(),
    send: (body, options) => sendAll([{ body, ...options }]),
    sendBatch: (messages, options) => sendAll([...messages], options),
  }
}

/** Counts what is asked of a restaurant as remote calls. */
function controlledStub<T extends object>(stub: T): T {
  return new Proxy(stub, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function' || property === 'then') return member
      return (...values: unknown[]) =>
        remoteCall(async () => (await Reflect.apply(member, target, values)) as unknown)
    },
  })
}

function controlledRestaurants(real: Env['RESTAURANTS']): Env['RESTAURANTS'] {
  return new Proxy(real, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function') return member
      const method = member.bind(target) as (...values: unknown[]) => unknown
      return property === 'get' || property === 'getByName'
        ? (...values: unknown[]) => controlledStub(method(...values) as object)
        : method
    },
  })
}

const known = new WeakMap<Env, Env>()

/** The same environment with everything that leaves the Worker under control. */
export function controlledEnv(env: Env): Env {
  const before = known.get(env)
  if (before) return before
  const controlled: Env = {
    ...env,
    DB: controlledDatabase(env.DB),
    JOBS: controlledQueue(env.JOBS),
    RESTAURANTS: controlledRestaurants(env.RESTAURANTS),
  }
  known.set(env, controlled)
  return controlled
}
