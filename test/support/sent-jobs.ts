import type { QueueMessage } from '../../src/queues/messages.ts'

const sinks = new Map<string, (message: QueueMessage) => void>()

/** What the object of this restaurant key sends to the queue goes to `sink` from now on. */
export const collectJobs = (key: string, sink: (message: QueueMessage) => void): void =>
  void sinks.set(key, sink)

/** The queue as an object sees it: the test's where it collects, else the real one. */
export const queueOf = (key: string | undefined, real: Queue<QueueMessage>): Queue<QueueMessage> =>
  new Proxy(real, {
    get(target, property) {
      const sink = key === undefined ? undefined : sinks.get(key)
      if (property === 'send' && sink !== undefined)
        return (message: QueueMessage) => {
          sink(message)
          return Promise.resolve()
        }
      const member: unknown = Reflect.get(target, property)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
