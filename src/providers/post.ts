import type { Tried } from '../domain/outgoing/verdict.ts'
import type { Runtime } from '../runtime.ts'

export interface Posting {
  url: string
  headers: Record<string, string>
  body: string
}

export interface PostOptions {
  fetch: Runtime['fetch']
  now: () => number
  timeoutMs?: number
  /** Where a service says in its body how many seconds it wants to be left alone. */
  secondsIn?: (body: string) => number | null
}

export const POST_TIMEOUT_MS = 10_000
const MAX_READ_CHARS = 2_000

/** Posts, once. Redirects are not followed: they lead elsewhere. What was thrown is not told. */
export async function post(options: PostOptions, { url, headers, body }: Posting): Promise<Tried> {
  const { fetch, now, timeoutMs = POST_TIMEOUT_MS, secondsIn } = options
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    const response = await fetch(request)
    const { status } = response
    const header = retryAfterMs(response.headers.get('retry-after'), now())
    const said = status === 429 && secondsIn ? secondsIn(await startOf(response)) : null
    await response.body?.cancel().catch(() => undefined)
    const ms = Math.max(header ?? 0, said === null ? 0 : said * 1000)
    return { kind: 'answered', status, retryAfterMs: ms > 0 ? Math.ceil(ms) : null }
  } catch {
    return { kind: 'unanswered', reason: signal.aborted ? 'TIMEOUT' : 'NO_ANSWER' }
  }
}

/** Seconds, also with a fraction (Discord sends such), or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** As much of an answer as may matter. */
async function startOf(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader && text.length < MAX_READ_CHARS) {
    const { done, value } = await reader.read()
    if (done) return text
    text += value
  }
  await reader?.cancel()
  return text.slice(0, MAX_READ_CHARS)
}
