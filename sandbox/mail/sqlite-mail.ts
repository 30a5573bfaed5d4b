import type { MailStore, SandboxMail } from './mailbox.ts'

const TABLE = `
CREATE TABLE IF NOT EXISTS mails (
  number INTEGER PRIMARY KEY,
  key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT;
`

/** The inbox in a Durable Object's SQLite. Makes its table when it is missing. */
export function createSqliteMail(sql: SqlStorage): MailStore {
  sql.exec(TABLE)
  return {
    add: (key, mail) =>
      void sql.exec(
        'INSERT INTO mails (key, body) VALUES (?, ?) ON CONFLICT DO NOTHING',
        key,
        JSON.stringify(mail),
      ),
    list: (limit) =>
      sql
        .exec<{ body: string }>('SELECT body FROM mails ORDER BY number DESC LIMIT ?', limit)
        .toArray()
        .map(({ body }) => JSON.parse(body) as SandboxMail),
  }
}
