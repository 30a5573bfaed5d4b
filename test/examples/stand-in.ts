import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PartnerEvent } from '../../examples/partner.ts'

/** What befalls a call: it never arrives, its answer never does, or it is answered this. */
export type Fault = 'refused' | 'lost' | number

const PARTNER = { clientId: 'client', secret: 'the secret of the partner' }
const HEADERS = ['x-client-id', 'x-timestamp', 'x-nonce', 'x-signature'] as const
const EVENTS = '/api/v1/integrations/events/'
const LEASE_MS = 60_000
const POLL_MS = 50

interface Settling {
  lease_id: string
  event_ids: string[]
  delay_seconds?: number
}

/** The feed as a partner meets it, with faults: signed calls, one lease at a time, order kept. */
export async function startStandIn(events: readonly PartnerEvent[], clockOffsetMs = 0) {
  const now = () => Date.now() + clockOffsetMs
  const acked = new Set<string>()
  const retried: { id: string; delaySeconds: number | undefined }[] = []
  const calls: { what: string; status: number }[] = []
  const nonces = new Set<string>()
  const faults: Partial<Record<string, Fault[]>> = {}
  let lease: { id: string; left: Set<string> } | null = null

  const isSigned = ({ headers, method = '', url = '' }: IncomingMessage, body: string): boolean => {
    const [client, timestamp = '', nonce = '', signature] = HEADERS.map((name) => headers[name])
    const digest = createHash('sha256').update(body).digest('hex')
    const base = `${String(timestamp)}\n${String(nonce)}\n${method}\n${url}\n${digest}`
    const expected = `v1=${createHmac('sha256', PARTNER.secret).update(base).digest('hex')}`
    const fresh = !nonces.has(String(nonce))
    nonces.add(String(nonce))
    const late = Math.abs(Number(timestamp) - now() / 1_000) > 300
    return fresh && !late && client === PARTNER.clientId && signature === expected
  }

  const pull = (max: number) => {
    const owed = lease === null ? events.filter(({ id }) => !acked.has(id)).slice(0, max) : []
    if (owed.length > 0) lease = { id: randomUUID(), left: new Set(owed.map(({ id }) => id)) }
    return {
      events: owed.map((event) => ({ ...event, attempt: 1 })),
      lease_id: owed.length > 0 ? (lease?.id ?? null) : null,
      expires_at: owed.length > 0 ? new Date(now() + LEASE_MS).toISOString() : null,
      as_of: new Date(now()).toISOString(),
    }
  }

  const settle = (how: string, { lease_id, event_ids, delay_seconds }: Settling): number => {
    const known = event_ids.every((id) => events.some((event) => event.id === id))
    if (!known || event_ids.length === 0) return 400
    if (how === 'ack' && event_ids.every((id) => acked.has(id))) return 200
    if (lease?.id !== lease_id) return 409
    for (const id of event_ids) {
      lease.left.delete(id)
      if (how === 'ack') acked.add(id)
      else retried.push({ id, delaySeconds: delay_seconds })
    }
    if (lease.left.size === 0) lease = null
    return 200
  }

  const answer = async (request: IncomingMessage, body: string): Promise<[number, unknown]> => {
    if (!isSigned(request, body)) return [401, {}]
    const url = new URL(request.url ?? '', 'http://feed')
    const what = url.pathname.replace(EVENTS, '')
    if (what === 'ack' || what === 'retry')
      return [settle(what, JSON.parse(body) as Settling), { settled: true }]
    const pulled = pull(Number(url.searchParams.get('max')))
    // Long polls are short here.
    if (pulled.events.length === 0) await new Promise((done) => setTimeout(done, POLL_MS))
    return [200, pulled]
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const what = /[a-z]+(?=\?|$)/.exec(request.url ?? '')?.[0] ?? ''
    const fault = faults[what]?.shift()
    const note = (status: number) => calls.push({ what, status })
    if (fault === 'refused') {
      request.socket.destroy()
      return
    }
    if (fault === 409) lease = null
    const [status, said] = typeof fault === 'number' ? [fault, {}] : await answer(request, body)
    note(status)
    if (fault === 'lost') request.socket.destroy()
    else
      response
        .writeHead(status, {
          'content-type': 'application/json',
          date: new Date(now()).toUTCString(),
          ...(status === 429 && { 'retry-after': '1' }),
        })
        .end(JSON.stringify(said))
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  const { port } = server.address() as AddressInfo
  return {
    ...PARTNER,
    origin: `http://127.0.0.1:${port}`,
    acked,
    retried,
    calls,
    /** What befalls the next calls of a kind, in this order. */
    faults,
    /** As if the lease ran out. */
    endLease: () => (lease = null),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
