import type { ChatMessage, ChatStore } from './chat.ts'

const TABLE = `
CREATE TABLE IF NOT EXISTS chats (number INTEGER PRIMARY KEY, message TEXT NOT NULL) STRICT;
`

/** The channels in a Durable Object's SQLite. Makes its table when it is missing. */
export function createSqliteChat(sql: SqlStorage): ChatStore {
  sql.exec(TABLE)
  return {
    add: (message) =>
      void sql.exec('INSERT INTO chats (message) VALUES (?)', JSON.stringify(message)),
    list: (limit) =>
      sql
        .exec<{ message: string }>('SELECT message FROM chats ORDER BY number DESC LIMIT ?', limit)
        .toArray()
        .map(({ message }) => JSON.parse(message) as ChatMessage),
  }
}
