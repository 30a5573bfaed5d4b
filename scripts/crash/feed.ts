import { setTimeout as pause } from 'node:timers/promises'
import { openLive, type Live, type LiveMessage } from '../lib/live.ts'
import type { Chance } from '../lib/random.ts'
import type { Feed, FeedMessage } from './evidence.ts'

export interface FeedOptions {
  name: string
  origin: string
  path: string
  token: string
  chance: Chance
  onMessage: (message: LiveMessage) => void
}

export interface RunningFeed {
  feed: () => Feed
  stop: () => Promise<void>
}

const noted = ({ seq, type, order_id, status }: LiveMessage): FeedMessage => ({
  seq,
  type,
  orderId: order_id ?? null,
  status: status ?? null,
})

/** Keeps a socket open over crashes and cuts, resumes from its last number and notes what it hears. */
export function startFeed(options: FeedOptions): RunningFeed {
  const { chance, onMessage, ...socket } = options
  const parts: { after: number | null; messages: FeedMessage[] }[] = []
  let last: number | null = null
  let live: Live | null = null
  const over = new AbortController()

  const once = async () => {
    const part = { after: last, messages: [] as FeedMessage[] }
    live = await openLive({
      ...socket,
      after: last,
      onMessage: (message) => {
        last = message.seq
        part.messages.push(noted(message))
        onMessage(message)
      },
    })
    parts.push(part)
    const cut = chance.percent(40) ? setTimeout(live.cut, chance.between(500, 6_000)) : null
    await live.closed
    if (cut !== null) clearTimeout(cut)
  }
  const running = (async () => {
    while (!over.signal.aborted) {
      // Refused or unreachable while the server is away: the next try is the handling.
      await once().catch(() => undefined)
      await pause(chance.between(50, 300))
    }
  })()

  return {
    feed: () => ({ name: options.name, parts }),
    stop: async () => {
      over.abort()
      live?.close()
      await running
    },
  }
}
