import { Hono } from 'hono'
import type { Effects, FaultBook, Operation } from './faults.ts'
import { refusal, type Answer } from './errors.ts'
import type { Ledger } from './ledger.ts'
import { cancel, confirm, lookUp, open, type Call } from './operations.ts'
import type { TossStore } from './store.ts'

export interface ApiOptions {
  store: TossStore
  ledger: Ledger
  faults: FaultBook
  now: () => number
  random: (length: number) => Uint8Array
  /** Real waiting, for the `slow_ms` fault. */
  wait: (ms: number) => Promise<void>
}

const MAX_IDEMPOTENCY_KEY = 300
const IDEMPOTENCY_MS = 15 * 24 * 3_600_000

/** The secret key of `Basic base64(key:)`, when it is one of the test family. */
function secretKeyOf(request: Request): string | null {
  const [scheme, encoded] = (request.headers.get('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return null
  try {
    return /^(test_sk_[\w-]+):$/.exec(atob(encoded))?.[1] ?? null
  } catch {
    return null
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return null
  }
}

const GARBAGE: Record<NonNullable<Effects['nonsense']>, (answer: Answer) => string> = {
  html: () => '<!doctype html><title>504</title><h1>Gateway Time-out</h1>',
  empty: () => '',
  truncated: (answer) => answer.body.slice(0, answer.body.length / 2),
  wrong_types: () => '{"paymentKey":7,"status":["DONE"],"totalAmount":"many","orderId":null}',
}

function send(answer: Answer, fault: Effects): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  if (fault.fail_after === 'drop') return new Response(brokenOff(answer.body), { headers })
  if (fault.fail_after) {
    const failed = refusal('FAILED_INTERNAL_SYSTEM_PROCESSING')
    return new Response(failed.body, { status: fault.fail_after, headers })
  }
  if (fault.nonsense) return new Response(GARBAGE[fault.nonsense](answer), { headers })
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

/** `/v1/payments…` behind the key check, the idempotency store and the faults. */
export function createApi(options: ApiOptions) {
  const { store, ledger, faults, now, random } = options
  const running = new Set<string>()

  const serve = async (
    operation: Exclude<Operation, 'webhook'>,
    request: Request,
    work: (call: Call) => Answer,
  ): Promise<Response> => {
    const merchant = secretKeyOf(request)
    if (!merchant) return send(refusal('UNAUTHORIZED_KEY'), {})
    const given = request.method === 'POST' ? request.headers.get('idempotency-key') : null
    if (given && given.length > MAX_IDEMPOTENCY_KEY) {
      return send(refusal('INVALID_IDEMPOTENCY_KEY'), {})
    }
    const key = given && [request.method, request.url, merchant, given].join(' ')
    if (key && running.has(key)) return send(refusal('IDEMPOTENT_REQUEST_PROCESSING'), {})
    if (key) running.add(key)
    try {
      const fault = faults.take(operation)
      if (fault.slow_ms) await options.wait(fault.slow_ms)
      const before = key ? store.answerTo(key) : null
      const known = before !== null && before.at + IDEMPOTENCY_MS > now()
      if (fault.fail_status && !(known && fault.keep_error)) {
        const failed = {
          ...refusal('FAILED_INTERNAL_SYSTEM_PROCESSING'),
          status: fault.fail_status,
        }
        if (key && fault.keep_error) store.remember(key, { at: now(), ...failed })
        return send(failed, {})
      }
      if (known) return send(before, fault)
      const answer = work({ merchant, ledger, now: now(), random, fault })
      const forgotten = fault.forget_error === true && answer.status !== 200
      if (key && !forgotten) store.remember(key, { at: now(), ...answer })
      return send(answer, fault)
    } finally {
      if (key) running.delete(key)
    }
  }

  return new Hono()
    .post('/v1/payments', async (c) => {
      const body = await bodyOf(c.req.raw.clone())
      return serve('open', c.req.raw, (call) => open(body, call))
    })
    .post('/v1/payments/confirm', async (c) => {
      const body = await bodyOf(c.req.raw.clone())
      return serve('confirm', c.req.raw, (call) => confirm(body, call))
    })
    .get('/v1/payments/orders/:orderId', (c) =>
      serve('lookup', c.req.raw, (call) =>
        lookUp(ledger.findByOrder(call.merchant, c.req.param('orderId')), call),
      ),
    )
    .get('/v1/payments/:paymentKey', (c) =>
      serve('lookup', c.req.raw, (call) => lookUp(ledger.find(c.req.param('paymentKey')), call)),
    )
    .post('/v1/payments/:paymentKey/cancel', async (c) => {
      const body = await bodyOf(c.req.raw.clone())
      return serve('cancel', c.req.raw, (call) => cancel(c.req.param('paymentKey'), body, call))
    })
}
