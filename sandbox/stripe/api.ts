import { Hono, type Context } from 'hono'
import { apiError, wrong, type Answer } from './answers.ts'
import type { StripeEffects, StripeFaults, StripeOperation } from './faults.ts'
import { parseForm } from './form.ts'
import type { StripeLedger } from './ledger.ts'
import {
  cancelIntent,
  createIntent,
  createRefund,
  listDisputes,
  listIntents,
  listRefunds,
  retrieveIntent,
  searchIntents,
  type Call,
} from './operations.ts'
import type { StripeStore } from './store.ts'

export interface ApiOptions {
  store: StripeStore
  ledger: StripeLedger
  faults: StripeFaults
  now: () => number
  /** Real waiting, for the `slow_ms` fault. */
  wait: (ms: number) => Promise<void>
}

const MAX_IDEMPOTENCY_KEY = 255
const KEPT_MS = 24 * 3_600_000

/** The account of a test key: what comes behind its prefix names it. */
export function accountOf(kind: 'sk' | 'pk', request: Request): string | null {
  const [scheme, key = ''] = (request.headers.get('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer') return null
  return new RegExp(`^${kind}_test_([A-Za-z0-9]+)$`).exec(key)?.[1] ?? null
}

function toResponse(answer: Answer, fault: StripeEffects, more: Record<string, string> = {}) {
  const headers = { 'content-type': 'application/json', 'request-id': 'req_sandbox', ...more }
  if (fault.fail_after === 'drop') return new Response(brokenOff(answer.body), { headers })
  if (fault.nonsense === 'html')
    return new Response('<!doctype html><h1>Bad gateway</h1>', { headers })
  if (fault.nonsense === 'another') return new Response('{"object":"balance"}', { headers })
  return new Response(answer.body, { status: answer.status, headers })
}

function brokenOff(body: string): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error('the sandbox dropped the answer'))
      else controller.enqueue(new TextEncoder().encode(body.slice(0, 20)))
      sent = true
    },
  })
}

/** `/v1/…` behind the key check, the idempotency store and the faults. */
export function createStripeApi(options: ApiOptions) {
  const { store, ledger, faults, now } = options
  const running = new Set<string>()

  async function serve(
    c: Context,
    operation: Exclude<StripeOperation, 'webhook'>,
    work: (call: Call) => Answer,
  ): Promise<Response> {
    const { raw: request } = c.req
    const account = accountOf('sk', request)
    if (account === null)
      return toResponse(wrong(401, { message: 'Invalid API Key provided: sk_***' }), {})
    const isPost = request.method === 'POST'
    const text = isPost ? await request.text() : new URL(request.url).search.slice(1)
    const given = isPost ? request.headers.get('idempotency-key') : null
    if (given !== null && given.length > MAX_IDEMPOTENCY_KEY)
      return toResponse(wrong(400, { message: 'The idempotency key is too long.' }), {})
    const key = given === null ? null : `${account} ${given}`
    const { pathname } = new URL(request.url)
    const fingerprint = `${request.method} ${pathname}\n${text}`
    if (key !== null && running.has(key)) return toResponse(IN_USE, {})
    if (key !== null) running.add(key)
    try {
      const fault = faults.take(operation)
      if (fault.slow_ms) await options.wait(fault.slow_ms)
      if (fault.fail_status) return toResponse(apiError(fault.fail_status), {})
      const kept = key === null ? null : store.answerTo(key)
      if (kept !== null && kept.at + KEPT_MS > now())
        return kept.fingerprint === fingerprint
          ? toResponse(kept, fault, { 'idempotent-replayed': 'true' })
          : toResponse(OTHER_PARAMETERS, {})
      const done = work({ account, store, ledger, fields: parseForm(text) })
      const failed = typeof fault.fail_after === 'number' ? apiError(fault.fail_after) : null
      const answer = failed ?? done
      // What was refused before it began is not kept (docs.stripe.com/api/idempotent_requests).
      const began = answer.status === 200 || answer.status >= 500
      if (key !== null && began) store.remember(key, { at: now(), fingerprint, ...answer })
      return toResponse(answer, fault)
    } finally {
      if (key !== null) running.delete(key)
    }
  }

  return new Hono()
    .post('/v1/payment_intents', (c) => serve(c, 'create', createIntent))
    .get('/v1/payment_intents/search', (c) => serve(c, 'search', searchIntents))
    .get('/v1/payment_intents', (c) => serve(c, 'list', listIntents))
    .get('/v1/payment_intents/:id', (c) =>
      serve(c, 'retrieve', (call) => retrieveIntent(call, c.req.param('id'))),
    )
    .post('/v1/payment_intents/:id/cancel', (c) =>
      serve(c, 'cancel', (call) => cancelIntent(call, c.req.param('id'))),
    )
    .post('/v1/refunds', (c) => serve(c, 'refund', createRefund))
    .get('/v1/refunds', (c) => serve(c, 'refunds', listRefunds))
    .get('/v1/disputes', (c) => serve(c, 'disputes', listDisputes))
}

const IN_USE = wrong(409, {
  type: 'idempotency_error',
  code: 'idempotency_key_in_use',
  message: 'There is currently another in-progress request using this idempotency key.',
})
const OTHER_PARAMETERS = wrong(400, {
  type: 'idempotency_error',
  message: 'Keys for idempotent requests can only be used with the same parameters.',
})
