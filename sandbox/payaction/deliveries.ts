import { createWebhookSender } from '../webhook-sender.ts'
import type { Delivery } from './app.ts'

/** After the first try; then a webhook is lost. */
const REPEATS = 3

/** PayAction's webhooks on their way to the app: any answer but exactly this one counts as a failure. */
export const createDeliveries = ({
  sql,
  url,
  now,
  fetch,
}: {
  sql: SqlStorage
  /** A restaurant's own address is below it. */
  url: string
  now: () => number
  fetch: (request: Request) => Promise<Response>
}) =>
  createWebhookSender({
    sql,
    now,
    fetch,
    table: 'payaction_webhooks',
    repeats: REPEATS,
    isTaken: (text) => text === '{"status":"success"}',
    toRequest(text, signal) {
      const { restaurantId, headers, body } = JSON.parse(text) as Delivery
      return new Request(restaurantId === null ? url : `${url}/${restaurantId}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      })
    },
  })
