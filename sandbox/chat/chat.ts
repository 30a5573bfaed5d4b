import { Hono } from 'hono'

export interface ChatMessage {
  at: string
  /** Which webhook it came to: the path behind `/chat/`. */
  channel: string
  body: unknown
}

export interface ChatStore {
  add(message: ChatMessage): void
  /** Newest first. */
  list(limit: number): ChatMessage[]
}

/**
 * Discord and Slack, played: what is posted to `/chat/<any path>` is kept. A channel whose path ends in
 * `/answers/<status>` takes nothing and answers that; 429 asks for two seconds.
 */
export const createChat = (store: ChatStore, now: () => number) =>
  new Hono().post('/chat/*', async (c) => {
    const channel = new URL(c.req.url).pathname.slice('/chat/'.length)
    const status = Number(/\/answers\/([2-5]\d\d)$/.exec(channel)?.[1] ?? 200)
    if (status >= 300)
      return new Response(null, { status, headers: status === 429 ? { 'retry-after': '2' } : {} })
    const body: unknown = await c.req.json().catch(() => null)
    store.add({ at: new Date(now()).toISOString(), channel, body })
    return c.text('ok')
  })

/** For tests in one isolate. */
export function createMemoryChat(): ChatStore {
  const messages: ChatMessage[] = []
  return {
    add: (message) => void messages.unshift(message),
    list: (limit) => messages.slice(0, limit),
  }
}
