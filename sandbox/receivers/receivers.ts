import { Hono } from 'hono'
import { z } from 'zod'
import { isLocalRequest } from '../local-only.ts'

/** What came to a partner's endpoint or to the data platform. */
export interface Received {
  at: string
  path: string
  headers: Record<string, string>
  body: unknown
}

export interface ReceivedStore {
  add(received: Received): void
  /** Newest first. */
  list(limit: number): Received[]
}

export const receiverFault = z.strictObject({
  /** Paths that begin so; without it all of them. */
  path: z.string().startsWith('/').optional(),
  /** How often; without it until it is taken away. */
  times: z.int().min(1).optional(),
  status: z.int().min(300).max(599).optional(),
  /** As the header is to say it: seconds, or a date. */
  retry_after: z.string().max(100).optional(),
  slow_ms: z.int().min(1).max(120_000).optional(),
})
export type ReceiverFault = z.output<typeof receiverFault>

/** Faults of everybody who is sent something, kept by whoever opens the book. */
export function createReceiverFaults(
  kept: readonly ReceiverFault[],
  save: (faults: readonly ReceiverFault[]) => void,
) {
  let faults = [...kept]
  const replace = (next: ReceiverFault[]) => {
    faults = next
    save(faults)
  }
  return {
    list: () => faults,
    add: (fault: ReceiverFault) => {
      replace([...faults, fault])
    },
    clear: () => {
      replace([])
    },
    /** The first that fits, once less. */
    take(path: string): ReceiverFault | null {
      const found = faults.find((fault) => path.startsWith(fault.path ?? '/'))
      if (found === undefined) return null
      const { times } = found
      if (times !== undefined)
        replace(
          faults.flatMap((fault) =>
            fault === found ? (times > 1 ? [{ ...fault, times: times - 1 }] : []) : [fault],
          ),
        )
      return found
    },
  }
}
export type ReceiverFaults = ReturnType<typeof createReceiverFaults>

/** Does what a fault says; null where the request is then taken as usual. */
export async function sufferFault(
  faults: ReceiverFaults,
  path: string,
  wait: (ms: number) => Promise<void>,
): Promise<Response | null> {
  const fault = faults.take(path)
  if (fault === null) return null
  if (fault.slow_ms !== undefined) await wait(fault.slow_ms)
  if (fault.status === undefined) return null
  const { status, retry_after: retryAfter } = fault
  return new Response(null, {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  })
}

const SHOWN = /^(webhook-|content-type$|idempotency-key$|traceparent$|user-agent$)/

/** Partners' endpoints (`/partner/<any path>`) and the data platform (`/platform/lines`), played: what comes is kept. */
export const createReceivers = (store: ReceivedStore, now: () => number) => {
  const take = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/platform/') && !request.headers.has('authorization'))
      return Response.json({ error: 'a bearer key is needed' }, { status: 401 })
    const headers = [...request.headers].filter(([name]) => SHOWN.test(name))
    const body: unknown = await request.json().catch(() => null)
    store.add({
      ...{ at: new Date(now()).toISOString(), path: pathname, body },
      headers: Object.fromEntries(headers),
    })
    return new Response(null, { status: 204 })
  }
  return new Hono()
    .post('/partner/*', (c) => take(c.req.raw))
    .post('/platform/lines', (c) => take(c.req.raw))
}

/** `/control/receivers…`: what came, and faults. */
export const createReceiversControl = (store: ReceivedStore, faults: ReceiverFaults) =>
  new Hono()
    .basePath('/control/receivers')
    .use(async (c, next) => {
      if (isLocalRequest(c.req.raw)) return next()
      return c.json({ error: 'only from this machine' }, 403)
    })
    .get('/', (c) => c.json({ received: store.list(1_000) }))
    .get('/faults', (c) => c.json({ faults: faults.list() }))
    .post('/faults', async (c) => {
      const body = z
        .union([receiverFault, z.array(receiverFault)])
        .safeParse(await c.req.json().catch(() => null))
      if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
      for (const fault of [body.data].flat()) faults.add(fault)
      return c.json({ faults: faults.list() })
    })
    .delete('/faults', (c) => {
      faults.clear()
      return c.json({ faults: faults.list() })
    })

/** For tests in one isolate. */
export function createMemoryReceived(): ReceivedStore {
  const all: Received[] = []
  return {
    add: (received) => void all.unshift(received),
    list: (limit) => all.slice(0, limit),
  }
}
