// A partner's consumer of OrderSync's events, to copy and make your own. It needs Node and nothing
// else: Node 22.18 and later run it as it stands (node partner.ts), Node 20 through tsc or npx tsx.
//
//   ORDERSYNC_URL                           https://… of the deployment
//   ORDERSYNC_CLIENT_ID, _CLIENT_SECRET     your partner's id and one of its keys
//   EVENTS_FILE                             where events are kept (events.jsonl)
//   WEBHOOK_PORT, WEBHOOK_SECRET (whsec_…)  where both are given, pushed events are taken as well
// The feed hands every event out at least once, each restaurant's in order, and again until it is
// acknowledged. So: handle it and remember its id, then acknowledge; pass over ids that you know.
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export interface PartnerEvent {
  id: string
  seq: number
  type: string
  restaurant_id: string
  occurred_at: string
  /** The whole new state of what the event is about, not a difference. */
  data: Record<string, unknown>
}
interface Pulled {
  events: (PartnerEvent & { attempt: number })[]
  lease_id: string | null
  expires_at: string | null
  as_of: string
}
type Handle = (event: PartnerEvent) => Promise<void> | void

// Your part: what an event does and that its id is known are one write. Here that is a line of a
// file; with a database, one transaction, the id under a unique key.
export function handlerInto(file: string): Handle {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  // A crash can tear the last line: that event was not acknowledged, so it comes again.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) truncateSync(file, Buffer.byteLength(whole))
  const lines = whole.split('\n').filter((line) => line !== '')
  const known = new Set(lines.map((line) => (JSON.parse(line) as PartnerEvent).id))
  const opened = openSync(file, 'a')
  return (event) => {
    // In place of an event that was handed out too often: it may be sent again, under the same id.
    const givenUp = event.type === 'DEAD_LETTERED'
    if (givenUp) console.error(`given up: event ${event.id}`)
    if (givenUp || known.has(event.id)) return
    writeSync(opened, `${JSON.stringify(event)}\n`)
    fsyncSync(opened)
    known.add(event.id)
  }
}

// Signing what you send. `path` with its query, exactly as it is sent.
type Signed = Record<'timestamp' | 'nonce' | 'method' | 'path' | 'body', string>

export function signatureOf(secret: string, { timestamp, nonce, method, path, body }: Signed) {
  const digest = createHash('sha256').update(body).digest('hex')
  const signed = [timestamp, nonce, method, path, digest].join('\n')
  return `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`
}

// Verifying what is pushed to you (Standard Webhooks). `body`: as it came, not parsed and written anew.
export function isGenuine(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']].map(String)
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) <= 300)) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  // There are two signatures while one secret replaces another.
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}

/** Answers 2xx only once the event is handled: anything else is sent again. */
export const createReceiver = (secret: string, handle: Handle) =>
  createServer((request, response) => {
    const receive = async () => {
      let body = Buffer.alloc(0)
      for await (const chunk of request) {
        body = Buffer.concat([body, chunk as Buffer])
        if (body.length > 1_000_000) throw new Error('too long')
      }
      const genuine = isGenuine(secret, request.headers, body)
      if (genuine) await handle(JSON.parse(body.toString()) as PartnerEvent)
      response.writeHead(genuine ? 204 : 401).end()
    }
    receive().catch((error: unknown) => {
      console.error(`a pushed event: ${String(error)}`)
      response.writeHead(500).end()
    })
  })

// Calling.
/** `stop`, once aborted: finish what is in hand, then end. */
export type Settings = Record<'origin' | 'clientId' | 'secret', string> & { stop: AbortSignal }
const LONG_POLL_S = 25
let clockOffsetMs = 0

/** One try. A nonce is good once, so every try is signed anew. */
async function send(settings: Settings, method: string, path: string, body: string) {
  const timestamp = String(Math.floor((Date.now() + clockOffsetMs) / 1_000))
  const nonce = randomUUID()
  const timeout = AbortSignal.timeout((LONG_POLL_S + 15) * 1_000)
  const answer = await fetch(settings.origin + path, {
    method,
    headers: {
      'x-client-id': settings.clientId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': signatureOf(settings.secret, { timestamp, nonce, method, path, body }),
      ...(body !== '' && { 'content-type': 'application/json' }),
    },
    ...(body !== '' && { body }),
    // What was handled is still acknowledged after the order to stop.
    signal: method === 'GET' ? AbortSignal.any([timeout, settings.stop]) : timeout,
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

/** Tries until the matter is settled. Null: the lease is over, or it is time to stop. */
async function call(settings: Settings, method: string, path: string, body = '') {
  for (let failures = 0; ; failures += 1) {
    const answer = await send(settings, method, path, body).catch((error: unknown) => String(error))
    if (typeof answer === 'string') {
      if (!settings.stop.aborted) console.error(`${method} ${path}: ${answer}`)
    } else {
      const { status, headers, text } = answer
      if (status >= 200 && status < 300) return text
      // The lease ended before this came: its events are handed out again, and their ids are known.
      if (status === 409) return null
      console.error(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`)
      if (status >= 400 && status < 500 && ![401, 408, 429].includes(status))
        throw new Error('a call that will never be taken')
      // Refused where our clock is minutes off: go by the server's. Or the key was replaced.
      const date = Date.parse(headers.get('date') ?? '')
      if (status === 401 && !Number.isNaN(date)) clockOffsetMs = date - Date.now()
    }
    if (settings.stop.aborted) return null
    const asked = typeof answer === 'string' ? 0 : Number(answer.headers.get('retry-after')) || 0
    const backoff = Math.min(60, 2 ** failures) * (0.5 + Math.random() / 2)
    const pauseMs = Math.max(asked, backoff) * 1_000
    await pause(pauseMs, null, { signal: settings.stop }).catch(() => null)
  }
}

// The loop. Shortly before its lease ends a batch is let go: what is left comes again by itself.
const EVENTS = '/api/v1/integrations/events'
const MARGIN_MS = 10_000

export async function consume(settings: Settings, handle: Handle): Promise<void> {
  const settle = async (how: 'ack' | 'retry', lease_id: string, ids: string[], delay?: number) => {
    const body = JSON.stringify({ lease_id, event_ids: ids, delay_seconds: delay })
    if (ids.length > 0) await call(settings, 'POST', `${EVENTS}/${how}`, body)
  }
  const stopped = () => settings.stop.aborted
  while (!stopped()) {
    const answer = await call(settings, 'GET', `${EVENTS}/pull?max=100&wait=${LONG_POLL_S}`)
    const pulled = JSON.parse(answer ?? '{}') as Partial<Pulled>
    const { events = [], lease_id: lease, expires_at: end, as_of: now } = pulled
    if (!lease || !end || !now) continue
    const until = performance.now() + Date.parse(end) - Date.parse(now) - MARGIN_MS
    const handled: string[] = []
    const failed: typeof events = []
    const left: string[] = []
    for (const event of events) {
      // What follows a failure waits for it, so that a restaurant's order is kept.
      const stuck = failed.some(({ restaurant_id: id }) => id === event.restaurant_id)
      if (stuck || stopped() || performance.now() > until) left.push(event.id)
      else
        try {
          await handle(event)
          handled.push(event.id)
        } catch (error) {
          console.error(`${event.type} ${event.id}: ${String(error)}`)
          failed.push(event)
        }
    }
    await settle('ack', lease, handled)
    for (const { id, attempt } of failed)
      await settle('retry', lease, [id], Math.min(3_600, 5 * 2 ** attempt))
    await settle('retry', lease, left, 0)
  }
}

if (process.argv[1] === import.meta.filename) {
  const { ORDERSYNC_URL, ORDERSYNC_CLIENT_ID, ORDERSYNC_CLIENT_SECRET, ...env } = process.env
  if (!ORDERSYNC_URL || !ORDERSYNC_CLIENT_ID || !ORDERSYNC_CLIENT_SECRET)
    throw new Error('ORDERSYNC_URL, ORDERSYNC_CLIENT_ID and ORDERSYNC_CLIENT_SECRET are needed')
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  const handle = handlerInto(env['EVENTS_FILE'] ?? 'events.jsonl')
  const { WEBHOOK_PORT: port, WEBHOOK_SECRET: webhookSecret } = env
  const receiver =
    port && webhookSecret && createReceiver(webhookSecret, handle).listen(Number(port))
  const signing = { clientId: ORDERSYNC_CLIENT_ID, secret: ORDERSYNC_CLIENT_SECRET }
  await consume({ origin: ORDERSYNC_URL, ...signing, stop: stopping.signal }, handle)
  if (receiver) receiver.close()
}
