import { createWebhookSender } from '../webhook-sender.ts'
import { signatureOf, webhookSecretOf } from './sign.ts'

interface Delivery {
  account: string
  body: string
}

const ACCOUNT_HEADER = 'x-sandbox-account'

/** Stripe's webhooks on their way; each try is signed anew, at its own time. */
export function createStripeDeliveries(options: {
  sql: SqlStorage
  url: string
  now: () => number
  fetch: (request: Request) => Promise<Response>
}) {
  const { sql, url, now, fetch } = options
  return createWebhookSender({
    sql,
    now,
    table: 'stripe_webhooks',
    toRequest(row, signal) {
      const { account, body } = JSON.parse(row) as Delivery
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      return new Request(url, {
        method: 'POST',
        headers: { ...headers, [ACCOUNT_HEADER]: account },
        body,
        signal,
      })
    },
    async fetch(request) {
      const secret = webhookSecretOf(request.headers.get(ACCOUNT_HEADER) ?? '')
      const body = await request.text()
      const headers = new Headers(request.headers)
      headers.delete(ACCOUNT_HEADER)
      headers.set('stripe-signature', await signatureOf(body, secret, now()))
      return fetch(new Request(url, { method: 'POST', headers, body, signal: request.signal }))
    },
  })
}
