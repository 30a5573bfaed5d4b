import type { Kind, Objects, StripeObject } from './objects.ts'

export interface KeptAnswer {
  at: number
  fingerprint: string
  status: number
  body: string
}

/** Where the sandbox keeps an account's objects and the answers to idempotency keys. */
export interface StripeStore {
  put(account: string, object: StripeObject): void
  get<K extends Kind>(kind: K, id: string): { account: string; object: Objects[K] } | null
  /** Newest first; `intent` narrows to what hangs on one. */
  list<K extends Kind>(kind: K, account: string | null, intent?: string): Objects[K][]
  answerTo(key: string): KeptAnswer | null
  remember(key: string, answer: KeptAnswer): void
}

const intentOf = (object: StripeObject): string =>
  object.object === 'payment_intent' ? object.id : object.payment_intent

/** For tests: nothing is kept longer than the isolate. */
export function createMemoryStripeStore(): StripeStore {
  const objects = new Map<string, { account: string; text: string; intent: string; kind: Kind }>()
  const answers = new Map<string, KeptAnswer>()
  return {
    put(account, object) {
      const text = JSON.stringify(object)
      objects.set(object.id, { account, text, intent: intentOf(object), kind: object.object })
    },
    get(kind, id) {
      const found = objects.get(id)
      if (found?.kind !== kind) return null
      return { account: found.account, object: JSON.parse(found.text) as Objects[typeof kind] }
    },
    list: (kind, account, intent) =>
      [...objects.values()]
        .filter((kept) => kept.kind === kind)
        .filter((kept) => account === null || kept.account === account)
        .filter((kept) => intent === undefined || kept.intent === intent)
        .reverse()
        .map(({ text }) => JSON.parse(text) as Objects[typeof kind]),
    answerTo: (key) => answers.get(key) ?? null,
    remember: (key, answer) => void answers.set(key, answer),
  }
}

const TABLES = `
CREATE TABLE IF NOT EXISTS stripe_objects (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  intent TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS stripe_answers (
  key TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;`

/** For the sandbox Worker: kept over restarts. */
export function createSqliteStripeStore(sql: SqlStorage): StripeStore {
  sql.exec(TABLES)
  return {
    put: (account, object) =>
      void sql.exec(
        `INSERT INTO stripe_objects (id, kind, account, intent, body) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
        object.id,
        object.object,
        account,
        intentOf(object),
        JSON.stringify(object),
      ),
    get(kind, id) {
      const [row] = sql
        .exec<{ account: string; body: string }>(
          'SELECT account, body FROM stripe_objects WHERE id = ? AND kind = ?',
          id,
          kind,
        )
        .toArray()
      if (row === undefined) return null
      return { account: row.account, object: JSON.parse(row.body) as Objects[typeof kind] }
    },
    list: (kind, account, intent) =>
      sql
        .exec<{ body: string }>(
          `SELECT body FROM stripe_objects WHERE kind = ?1 AND (?2 IS NULL OR account = ?2)
           AND (?3 IS NULL OR intent = ?3) ORDER BY number DESC`,
          kind,
          account,
          intent ?? null,
        )
        .toArray()
        .map(({ body }) => JSON.parse(body) as Objects[typeof kind]),
    answerTo: (key) =>
      sql
        .exec<{ at: number; fingerprint: string; status: number; body: string }>(
          'SELECT at, fingerprint, status, body FROM stripe_answers WHERE key = ?',
          key,
        )
        .toArray()[0] ?? null,
    remember: (key, { at, fingerprint, status, body }) =>
      void sql.exec(
        'INSERT OR REPLACE INTO stripe_answers (key, at, fingerprint, status, body) VALUES (?, ?, ?, ?, ?)',
        key,
        at,
        fingerprint,
        status,
        body,
      ),
  }
}
