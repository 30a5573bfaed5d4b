import { Hono } from 'hono'
import type { Env } from '../../src/env.ts'

/** One row per owner, changed where it still has the version that was seen; it asks nobody and decides nothing. */
export const cartFloor = new Hono<{ Bindings: Env }>()

cartFloor.post('/', async (c) => {
  await c.env.DB.exec(
    'CREATE TABLE IF NOT EXISTS floor_carts (owner TEXT PRIMARY KEY, lines TEXT NOT NULL, version INTEGER NOT NULL) STRICT',
  )
  const owners = await c.req.json<string[]>()
  await c.env.DB.batch(
    owners.map((owner) =>
      c.env.DB.prepare("INSERT INTO floor_carts VALUES (?, '[]', 1)").bind(owner),
    ),
  )
  return c.body(null, 204)
})

cartFloor.put('/', async (c) => {
  const row = await c.env.DB.prepare(
    'UPDATE floor_carts SET lines = ?, version = version + 1 WHERE owner = ? AND version >= 1 RETURNING version',
  )
    .bind(await c.req.text(), c.req.header('x-owner'))
    .first<{ version: number }>()
  return row === null ? c.notFound() : c.json(row)
})
