import { z } from 'zod'
import type { ProviderRefusal } from '../../domain/payment/outcomes.ts'
import type { Runtime } from '../../runtime.ts'
import type { PayActionAccount } from './account.ts'

export interface PayActionOptions {
  /** Origin and, if need be, a path. */
  baseUrl: string
  account: PayActionAccount
  fetch: Runtime['fetch']
  /** For the whole answer, body included. */
  timeoutMs?: number
}

/** `trouble`: no answer, or one that cannot be believed; nothing is known of the effect. */
export type PayActionAnswer =
  | { kind: 'done' }
  | { kind: 'refused'; failure: ProviderRefusal }
  | { kind: 'trouble'; detail: string }

export type PayActionClient = (path: string, body: object | null) => Promise<PayActionAnswer>

/** Shorter than the first lease of a registration. */
const DEFAULT_TIMEOUT_MS = 8_000
const MAX_MESSAGE = 500
/** Answers of the way there, or "later", not of what was asked for. */
const PASSING = [408, 425, 429]

const answerBody = z.object({
  status: z.string(),
  response: z.object({ message: z.string().optional() }).nullish().catch(null),
  message: z.string().optional().catch(undefined),
})

/** Posts to PayAction in the mall's name. Redirects are not followed: they would carry the key along. */
export function createPayActionClient(options: PayActionOptions): PayActionClient {
  const base = options.baseUrl.replace(/\/+$/, '')
  const { apiKey, mallId } = options.account
  return async (path, body) => {
    const headers = new Headers({ 'x-api-key': apiKey, 'x-mall-id': mallId })
    if (body !== null) headers.set('content-type', 'application/json')
    const signal = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
    const request = new Request(`${base}${path}`, {
      method: 'POST',
      headers,
      redirect: 'manual',
      signal,
      ...(body !== null && { body: JSON.stringify(body) }),
    })
    const ask = async () => {
      const response = await options.fetch(request)
      return read(response.status, await response.text())
    }
    // What was thrown is not told: it may hold the address.
    return Promise.race([ask().catch(() => NO_ANSWER), untilAborted(signal)])
  }
}

const NO_ANSWER: PayActionAnswer = { kind: 'trouble', detail: 'no answer' }

const untilAborted = (signal: AbortSignal): Promise<PayActionAnswer> =>
  new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(NO_ANSWER), { once: true }),
  )

function read(status: number, text: string): PayActionAnswer {
  const elsewhere = status < 200 || (status >= 300 && status < 400)
  if (status >= 500 || elsewhere || PASSING.includes(status))
    return { kind: 'trouble', detail: `status ${status}` }
  const parsed = answerBody.safeParse(parseJson(text))
  if (status < 300 && parsed.data?.status === 'success') return { kind: 'done' }
  if (status < 300 && parsed.data?.status !== 'error')
    return { kind: 'trouble', detail: `status ${status}: not an answer` }
  const message = parsed.data?.response?.message ?? parsed.data?.message ?? ''
  const code = `PAYACTION_${status}`
  return { kind: 'refused', failure: { code, message: message.slice(0, MAX_MESSAGE) } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
