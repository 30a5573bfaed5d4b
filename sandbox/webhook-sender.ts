/** Pauses before the next try, by the sandbox's clock; the real provider's are minutes to days. */
const RETRY_AFTER_MS = [1_000, 4_000, 16_000, 64_000]
/** A delivery that was begun and never ended (the sandbox was killed) starts again after this. */
const LEASE_MS = 15_000
const ANSWER_WITHIN_MS = 10_000
const AT_ONCE = 20

interface Delivery extends Record<string, SqlStorageValue> {
  id: number
  attempt: number
  body: string
}

export interface WebhookSenderOptions {
  sql: SqlStorage
  /** What is sent for a body. */
  toRequest: (body: string, signal: AbortSignal) => Request
  now: () => number
  fetch: (request: Request) => Promise<Response>
  table?: string
  /** How often the sender comes again. */
  repeats?: number
  /** Beside a 200; takes the answer's text. */
  isTaken?: (text: string) => boolean
}

/** JSON posted to one address. */
export const postTo =
  (url: string): WebhookSenderOptions['toRequest'] =>
  (body, signal) =>
    new Request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal,
    })

/** Webhooks as rows, so that they survive a restart; delivered when due, a few times at most. */
export function createWebhookSender(options: WebhookSenderOptions) {
  const { sql, toRequest, now, fetch, table = 'webhooks', isTaken = () => true } = options
  const pauses = RETRY_AFTER_MS.slice(0, options.repeats)
  sql.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    id INTEGER PRIMARY KEY, due INTEGER NOT NULL, attempt INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT`)

  const deliver = async (delivery: Delivery): Promise<void> => {
    const request = toRequest(delivery.body, AbortSignal.timeout(ANSWER_WITHIN_MS))
    const accepted = await fetch(request)
      .then(async (response) => isTaken(await response.text()) && response.status === 200)
      .catch(() => false)
    const pause = accepted ? undefined : pauses[delivery.attempt]
    if (pause === undefined) sql.exec(`DELETE FROM ${table} WHERE id = ?`, delivery.id)
    else {
      sql.exec(
        `UPDATE ${table} SET due = ?, attempt = attempt + 1 WHERE id = ?`,
        now() + pause,
        delivery.id,
      )
    }
  }

  return {
    add: (body: unknown, delayMs: number): void =>
      void sql.exec(
        `INSERT INTO ${table} (due, attempt, body) VALUES (?, 0, ?)`,
        now() + delayMs,
        JSON.stringify(body),
      ),
    /** Tries everything that is due, each once. */
    async deliverDue(): Promise<void> {
      const due = sql
        .exec<Delivery>(
          `UPDATE ${table} SET due = ? WHERE id IN (SELECT id FROM ${table} WHERE due <= ? ORDER BY due, id LIMIT ?) RETURNING id, attempt, body`,
          now() + LEASE_MS,
          now(),
          AT_ONCE,
        )
        .toArray()
      await Promise.all(due.map(deliver))
    },
    nextDue: (): number | null =>
      sql.exec<{ due: number | null }>(`SELECT min(due) AS due FROM ${table}`).one().due,
    waiting: (): number => sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n,
  }
}
