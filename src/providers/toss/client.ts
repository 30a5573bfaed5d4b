import type { ProviderRefusal } from '../../domain/payment/outcomes.ts'
import type { Runtime } from '../../runtime.ts'
import { KEYS_NOT_ACCEPTED } from '../our-key.ts'
import { meaningOf, type ErrorMeaning } from './error-codes.ts'
import { tossError, tossPayment, type TossPayment } from './wire.ts'

export interface TossOptions {
  /** Origin and, if need be, a path before `/v1`. */
  baseUrl: string
  secretKey: string
  fetch: Runtime['fetch']
  /** For the whole answer, body included. */
  timeoutMs?: number
}

export interface TossRequest {
  method: 'GET' | 'POST'
  path: string
  body?: Record<string, string | number | Record<string, string>>
  idempotencyKey?: string
}

/** `trouble`: no answer, or one that cannot be believed; nothing is known of the effect. */
export type TossAnswer =
  | { kind: 'payment'; payment: TossPayment }
  | { kind: 'error'; meaning: ErrorMeaning; failure: ProviderRefusal }
  | { kind: 'trouble'; detail: string }

export type TossClient = (request: TossRequest) => Promise<TossAnswer>

const DEFAULT_TIMEOUT_MS = 10_000
const MAX_ANSWER_CHARACTERS = 256 * 1024
const [MAX_CODE, MAX_MESSAGE] = [100, 500]

/** Sends one request with Basic authentication (key, colon, no password) and reads what comes back. */
export function createTossClient(options: TossOptions): TossClient {
  const base = options.baseUrl.replace(/\/+$/, '')
  const authorization = `Basic ${btoa(`${options.secretKey}:`)}`

  return async (request) => {
    const headers = new Headers({ authorization, accept: 'application/json' })
    if (request.body) headers.set('content-type', 'application/json')
    if (request.idempotencyKey) headers.set('idempotency-key', request.idempotencyKey)
    const toSend = (signal: AbortSignal) =>
      new Request(`${base}${request.path}`, {
        method: request.method,
        headers,
        signal,
        // A redirect would carry the key to wherever it points.
        redirect: 'manual',
        ...(request.body ? { body: JSON.stringify(request.body) } : {}),
      })
    const received = await receive(async (signal) => {
      const response = await options.fetch(toSend(signal))
      return { status: response.status, text: await response.text() }
    }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
    return typeof received === 'string'
      ? { kind: 'trouble', detail: received }
      : read(received.status, received.text)
  }
}

interface Received {
  status: number
  text: string
}

/** The answer, or why there is none. Errors are reduced to their kind: their text may hold anything. */
async function receive(
  work: (signal: AbortSignal) => Promise<Received>,
  timeoutMs: number,
): Promise<Received | string> {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | null = null
  const timeOut = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`no answer within ${timeoutMs} ms`)
      abort.abort()
    }, timeoutMs)
  })
  const answer = work(abort.signal).catch(() => 'the connection failed')
  try {
    return await Promise.race([answer, timeOut])
  } finally {
    clearTimeout(timer)
  }
}

function read(status: number, text: string): TossAnswer {
  const trouble = (what: string): TossAnswer => ({
    kind: 'trouble',
    detail: `status ${status}: ${what}`,
  })
  if (text.length > MAX_ANSWER_CHARACTERS) return trouble('answer too long')
  const body = parseJson(text)
  if (status === 200) {
    const parsed = tossPayment.safeParse(body)
    return parsed.success ? { kind: 'payment', payment: parsed.data } : trouble('not a payment')
  }
  const parsed = tossError.safeParse(body)
  if (!parsed.success) return trouble('not an error answer')
  const code = parsed.data.code.slice(0, MAX_CODE)
  const meaning = meaningOf(status, code)
  const message = parsed.data.message.slice(0, MAX_MESSAGE)
  const failure = meaning === 'our-key' ? KEYS_NOT_ACCEPTED : { code, message }
  return { kind: 'error', meaning, failure }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
