import type { NotifyOutcome } from '../../domain/restaurant/notice.ts'
import type { Tried } from '../../domain/outgoing/verdict.ts'
import type { Runtime } from '../../runtime.ts'
import { post, type PostOptions } from '../post.ts'

export interface WebhookOptions {
  fetch: Runtime['fetch']
  now: () => number
  /** Development: the origin that plays the service. */
  localOrigin?: string | undefined
  timeoutMs?: number
}

/** A service's own webhooks: its hosts, and how their paths begin. */
export interface Service {
  hosts: readonly string[]
  path: RegExp
}

const TIMEOUT_MS = 8_000
/** A service that names no time is left alone this long after saying that it is too much. */
const PAUSE_SECONDS = 30
const LONGEST_PAUSE_SECONDS = 3600
const MAX_ADDRESS_CHARS = 500

/**
 * Whether the address is a webhook of the service: https, its host, the standard port, no account
 * in it. The owner types it and we call it, so that nothing else may pass.
 */
export function isWebhookOf(
  { hosts, path }: Service,
  address: string,
  localOrigin: string | undefined,
): boolean {
  if (address.length > MAX_ADDRESS_CHARS || !URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false
  if (localOrigin !== undefined && url.origin === new URL(localOrigin).origin) return true
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    hosts.includes(url.hostname) &&
    path.test(url.pathname)
  )
}

/** Posts the body. Redirects are not followed: they lead elsewhere. */
export async function postWebhook(
  { fetch, timeoutMs = TIMEOUT_MS }: WebhookOptions,
  address: string,
  body: unknown,
): Promise<NotifyOutcome> {
  const request = new Request(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  const response = await fetch(request).catch(() => null)
  if (response === null) return { kind: 'failed', reason: 'NO_ANSWER', retryAfterSeconds: null }
  const outcome = outcomeOf(response)
  await response.body?.cancel().catch(() => undefined)
  return outcome
}

/** Posts a card: what became of it is for the outbox to judge. */
export const postCard = (
  options: WebhookOptions & Pick<PostOptions, 'secondsIn'>,
  url: string,
  body: unknown,
): Promise<Tried> =>
  post(options, {
    url,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

function outcomeOf({ status, ok, headers }: Response): NotifyOutcome {
  if (ok) return { kind: 'sent' }
  const reason = `STATUS_${status}`
  if (status === 429)
    return { kind: 'failed', reason, retryAfterSeconds: pauseOf(headers.get('retry-after')) }
  // Taken away or never there: only the owner can put it right.
  const hopeless = status >= 300 && status < 500 && status !== 408
  return hopeless
    ? { kind: 'refused', reason }
    : { kind: 'failed', reason, retryAfterSeconds: null }
}

/** Seconds, also with a fraction (RFC 9110 §10.2.3; Discord sends such). */
function pauseOf(retryAfter: string | null): number {
  const seconds = Math.ceil(Number(retryAfter ?? ''))
  return seconds > 0 ? Math.min(seconds, LONGEST_PAUSE_SECONDS) : PAUSE_SECONDS
}
