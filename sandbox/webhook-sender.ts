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
  url: string
  now: () => number
  fetch: (request: Request) => Promise<Response>
}

/** Webhooks as rows, so that they survive a restart; delivered when due, a few times at most. */
export function createWebhookSender({ sql, url, now, fetch }: WebhookSenderOptions) {
  sql.exec(`CREATE TABLE IF NOT EXISTS webhooks (
    id INTEGER PRIMARY KEY, due INTEGER NOT NULL, attempt INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT`)

  const deliver = async (delivery: Delivery): Promise<void> => {
    const accepted = await fetch(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: delivery.body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      }),
    ).then(
      async (response) => {
        await response.body?.cancel()
        return response.status === 200
      },
      () => false,
    )
    const pause = accepted ? undefined : RETRY_AFTER_MS[delivery.attempt]
    if (pause === undefined) sql.exec('DELETE FROM webhooks WHERE id = ?', delivery.id)
    else {
      sql.exec(
        'UPDATE webhooks SET due = ?, attempt = attempt + 1 WHERE id = ?',
        now() + pause,
        delivery.id,
      )
    }
  }

  return {
    add: (body: unknown, delayMs: number): void =>
      void sql.exec(
        'INSERT INTO webhooks (due, attempt, body) VALUES (?, 0, ?)',
        now() + delayMs,
        JSON.stringify(body),
      ),
    /** Tries everything that is due, each once. */
    async deliverDue(): Promise<void> {
      const due = sql
        .exec<Delivery>(
          'UPDATE webhooks SET due = ? WHERE id IN (SELECT id FROM webhooks WHERE due <= ? ORDER BY due, id LIMIT ?) RETURNING id, attempt, body',
          now() + LEASE_MS,
          now(),
          AT_ONCE,
        )
        .toArray()
      await Promise.all(due.map(deliver))
    },
    nextDue: (): number | null =>
      sql.exec<{ due: number | null }>('SELECT min(due) AS due FROM webhooks').one().due,
    waiting: (): number => sql.exec<{ n: number }>('SELECT count(*) AS n FROM webhooks').one().n,
  }
}
