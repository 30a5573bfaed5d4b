import type { Received, ReceivedStore } from './receivers.ts'

const TABLE = `
CREATE TABLE IF NOT EXISTS received (number INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT;
`

/** What was received, in a Durable Object's SQLite. Makes its table when it is missing. */
export function createSqliteReceived(sql: SqlStorage): ReceivedStore {
  sql.exec(TABLE)
  return {
    add: (received) =>
      void sql.exec('INSERT INTO received (what) VALUES (?)', JSON.stringify(received)),
    list: (limit) =>
      sql
        .exec<{ what: string }>('SELECT what FROM received ORDER BY number DESC LIMIT ?', limit)
        .toArray()
        .map(({ what }) => JSON.parse(what) as Received),
  }
}
