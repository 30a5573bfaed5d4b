import type { Runtime } from '../../runtime.ts'
import type { MailSender } from '../mail-port.ts'

export interface GatewayOptions {
  url: string
  key: string
  from: string
  fetch: Runtime['fetch']
  timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000

/** E-mail by a gateway that takes `{from, to, subject, text}` as JSON under a bearer key; 2xx is taken. */
export function createHttpMail(options: GatewayOptions): MailSender {
  const { url, key, from, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  return {
    async send({ id, to, subject, text }) {
      const request = new Request(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': id,
        },
        body: JSON.stringify({ from, to, subject, text }),
        // A redirect would carry key and address to wherever it points.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      const status = await statusOf(options.fetch, request)
      if (status === null) throw new Error('the mail gateway did not answer')
      if (status < 200 || status > 299) throw new Error(`the mail gateway answered ${status}`)
    },
  }
}

/** Null without an answer: what was thrown may hold anything, and is not told. */
async function statusOf(send: Runtime['fetch'], request: Request): Promise<number | null> {
  try {
    const response = await send(request)
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}
