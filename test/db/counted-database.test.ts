import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { describe, expect, it } from 'vitest'
import { countedDatabase } from '../../src/db/counted-database.ts'
import { deadLetters } from '../../src/db/schema/dead-letters.ts'

function counted(real: D1Database = env.DB) {
  const asked: string[] = []
  const failed: string[] = []
  const database = countedDatabase(real, {
    asked: (kind) => asked.push(kind),
    failed: (trouble) => failed.push(trouble),
  })
  return { database, asked, failed }
}

describe('a database whose statements are counted', () => {
  it.each([
    ['SELECT 1', 'select'],
    ['  select 1', 'select'],
    ['-- why\nSELECT 1', 'other'],
    ['INSERT INTO dead_letters DEFAULT VALUES', 'insert'],
    ["UPDATE dead_letters SET body = ''", 'update'],
    ['DELETE FROM dead_letters', 'delete'],
    ['WITH a AS (SELECT 1) SELECT * FROM a', 'select'],
    ['WITH a AS (SELECT 1) DELETE FROM dead_letters', 'delete'],
    ['PRAGMA table_info(users)', 'other'],
  ])('tells %j by its kind', async (text, kind) => {
    const { database, asked } = counted()
    await database
      .prepare(text)
      .run()
      .catch(() => undefined)
    expect(asked).toEqual([kind])
  })

  it('counts what runs, each time, and not what is only prepared or bound', async () => {
    const { database, asked } = counted()
    const statement = database.prepare('SELECT ? AS a').bind(1)
    expect(asked).toEqual([])
    expect(await statement.first()).toEqual({ a: 1 })
    expect(await statement.first('a')).toBe(1)
    expect((await statement.all()).results).toEqual([{ a: 1 }])
    expect(await statement.raw()).toEqual([[1]])
    expect(await statement.raw({ columnNames: true })).toEqual([['a'], [1]])
    expect(asked).toHaveLength(5)
  })

  it('counts each statement of a batch, which stays one transaction', async () => {
    const { database, asked, failed } = counted()
    const insert = (id: string) =>
      database
        .prepare(
          `INSERT INTO dead_letters (id, body, error_kind, first_seen_at) VALUES (?, '{}', 'EXHAUSTED', 1)`,
        )
        .bind(id)
    const twice = database.batch([insert('same'), insert('same')])
    await expect(twice).rejects.toThrow(/UNIQUE/)
    expect([asked, failed]).toEqual([['insert', 'insert'], ['statement']])
    expect(await env.DB.prepare("SELECT 1 FROM dead_letters WHERE id = 'same'").first()).toBeNull()
  })

  it('serves drizzle, its batches and sessions', async () => {
    const { database, asked } = counted()
    const db = drizzle(database)
    await db.batch([db.select().from(deadLetters), db.select().from(deadLetters)])
    await db.select().from(deadLetters).limit(1).get()
    const session = database.withSession('first-unconstrained')
    await session.prepare('SELECT 1').first()
    await session.batch([session.prepare('SELECT 1')])
    expect(typeof session.getBookmark()).toBe('string')
    expect(asked).toEqual(['select', 'select', 'select', 'select', 'select'])
  })

  it.each([
    ['Network connection lost.', 'lost'],
    ['D1 DB is overloaded. Requests queued for too long.', 'busy'],
    ['D1_ERROR: internal error', 'failed'],
    ['no such table: nothing', 'statement'],
  ])('tells by whose fault %j failed, and passes it on', async (message, trouble) => {
    const broken = {
      prepare: () => ({ run: () => Promise.reject(new Error(message)) }),
    } as unknown as D1Database
    const { database, failed } = counted(broken)
    await expect(database.prepare('SELECT 1').run()).rejects.toThrow(message)
    expect(failed).toEqual([trouble])
  })
})
