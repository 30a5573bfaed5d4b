import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { defineRoute } from '../../src/http/route.ts'
import { listOf, listSchema, pageQuery } from '../../src/http/schemas/lists.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { idIn, newRestaurantId } from '../support/identity.ts'

const restaurantId = newRestaurantId()
const ENTRIES = Array.from({ length: 45 }, () => ({ id: idIn(restaurantId) }))
const AS_OF = Date.UTC(2026, 10, 20, 3)

const list = (app: App) =>
  defineRoute(
    app,
    {
      method: 'get',
      path: '/things',
      operationId: 'listThings',
      summary: 'Things',
      tag: 'Test',
      permission: 'public',
      idempotency: 'none',
      request: { query: pageQuery },
      success: {
        status: 200,
        description: 'A page',
        schema: listSchema(z.object({ id: z.string() })),
      },
      refusals: [],
    },
    (c) => {
      const { limit, cursor } = c.req.valid('query')
      const from = cursor === undefined ? 0 : ENTRIES.findIndex(({ id }) => id === cursor) + 1
      const page = ENTRIES.slice(from, from + limit)
      return { ok: true, value: listOf(page, limit, AS_OF, ({ id }) => ({ id })) }
    },
  )

interface Page {
  items: { id: string }[]
  next_cursor: string | null
  as_of: string
}

describe('reading a list', () => {
  it('goes through every page once, and says how fresh it is', async () => {
    const { ask } = await httpWorld(list)
    const read: string[] = []
    const sizes: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`
      const page: Page = await (await ask(`/api/v1/things${query}`)).json()
      expect(page.as_of).toBe('2026-11-20T03:00:00.000Z')
      read.push(...page.items.map(({ id }) => id))
      sizes.push(page.items.length)
      cursor = page.next_cursor
    }
    expect(read).toEqual(ENTRIES.map(({ id }) => id))
    expect(sizes).toEqual([20, 20, 5])
  })

  it('has cursors that need no escaping', async () => {
    const { ask } = await httpWorld(list)
    const page: Page = await (await ask('/api/v1/things?limit=1')).json()
    expect(page.next_cursor).toMatch(/^[\w-]+$/)
  })

  it.each([
    ['limit=0', 'limit', 'too_small'],
    ['limit=101', 'limit', 'too_big'],
    ['limit=ten', 'limit', 'invalid_type'],
    ['limit=1.5', 'limit', 'invalid_type'],
    ['cursor=!!', 'cursor', 'invalid_format'],
    ['cursor=bm90IGFuIGlk', 'cursor', 'invalid_format'],
    ['cursor=', 'cursor', 'invalid_format'],
  ])('refuses ?%s', async (query, field, reason) => {
    const { ask } = await httpWorld(list)
    const response = await ask(`/api/v1/things?${query}`)
    expect(response.status).toBe(400)
    expect((await errorOf(response)).details).toMatchObject({ field, reason })
  })
})
