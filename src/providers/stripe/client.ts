import Stripe from 'stripe'
import type { ProviderRefusal } from '../../domain/payment/outcomes.ts'
import type { Runtime } from '../../runtime.ts'
import { KEYS_NOT_ACCEPTED } from '../our-key.ts'
import { meaningOf, type ErrorMeaning } from './errors.ts'

export interface StripeOptions {
  /** Origin and, if need be, a path before `/v1`. */
  baseUrl: string
  secretKey: string
  fetch: Runtime['fetch']
  /** For the whole answer, body included. */
  timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000
const [MAX_CODE, MAX_MESSAGE] = [100, 500]

/** Stripe's own library over our `fetch`. Trouble is not repeated here: the agenda does, with patience. */
export function createStripeClient(options: StripeOptions): Stripe {
  const { protocol, hostname, port, pathname } = new URL(options.baseUrl)
  const scheme = protocol === 'http:' ? 'http' : 'https'
  const prefix = pathname.replace(/\/+$/, '')
  return new Stripe(options.secretKey, {
    protocol: scheme,
    host: hostname,
    port: port === '' ? (scheme === 'http' ? 80 : 443) : Number(port),
    timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient((input: RequestInfo | URL, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input)
      url.pathname = prefix + url.pathname
      // A redirect would carry the key to wherever it points.
      return options.fetch(new Request(url, { ...init, redirect: 'manual' }))
    }),
  })
}

/** `trouble`: no answer, or one that cannot be believed; nothing is known of the effect. */
export type StripeAnswer<T> =
  | { kind: 'answer'; value: T }
  | { kind: 'error'; meaning: ErrorMeaning; failure: ProviderRefusal; replayed: boolean }
  | { kind: 'trouble'; detail: string }

interface Reader<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

/** Makes one call and reads what comes back. Never throws. */
export async function ask<T>(
  reader: Reader<T>,
  call: () => Promise<unknown>,
): Promise<StripeAnswer<T>> {
  try {
    const parsed = reader.safeParse(await call())
    return parsed.success
      ? { kind: 'answer', value: parsed.data }
      : { kind: 'trouble', detail: 'not the object that was asked for' }
  } catch (error) {
    return toError(error)
  }
}

function toError(error: unknown): StripeAnswer<never> {
  if (!(error instanceof Stripe.errors.StripeError))
    return { kind: 'trouble', detail: error instanceof Error ? error.name : typeof error }
  // Without a status no answer came: the message may name anything of ours.
  if (error.statusCode === undefined) return { kind: 'trouble', detail: error.type }
  const meaning = meaningOf(error)
  const code = (error.decline_code || error.code || error.type).slice(0, MAX_CODE)
  const message = error.message.slice(0, MAX_MESSAGE)
  return {
    kind: 'error',
    meaning,
    failure: meaning === 'our-key' ? KEYS_NOT_ACCEPTED : { code, message },
    replayed: error.headers?.['idempotent-replayed'] === 'true',
  }
}
