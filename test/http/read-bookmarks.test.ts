import { describe, expect, it } from 'vitest'
import type { OrderPage } from '../../src/db/repositories/ports.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { registered } from '../support/identity.ts'

async function reader() {
  const { ask, deps } = await httpWorld()
  const pages: OrderPage[] = []
  deps.orderIndex = {
    byUser: (_, page) => {
      pages.push(page)
      return Promise.resolve({ orders: [], asOf: 0, bookmark: '0-7-a' })
    },
    bySession: () => Promise.reject(new Error('a member was taken for a guest')),
  }
  const { accessToken } = await registered(deps)
  const list = (headers: Record<string, string> = {}) =>
    ask('/api/v1/orders', { headers: { authorization: `Bearer ${accessToken}`, ...headers } })
  return { list, pages }
}

describe('the bookmark of a list', () => {
  it('comes with the answer, and with the next question', async () => {
    const { list, pages } = await reader()
    const first = await list()
    expect(pages[0]).toMatchObject({ bookmark: null })
    const bookmark = first.headers.get('x-read-bookmark')
    expect(bookmark).toBe('0-7-a')
    await list({ 'x-read-bookmark': bookmark ?? '' })
    expect(pages[1]).toMatchObject({ bookmark: '0-7-a' })
  })

  it.each(["'; DROP TABLE orders", 'x'.repeat(129), 'a b'])('is refused as %s', async (sent) => {
    const { list, pages } = await reader()
    const refused = await list({ 'x-read-bookmark': sent })
    expect(refused.status).toBe(400)
    expect((await errorOf(refused)).details?.field).toBe('X-Read-Bookmark')
    expect(pages).toHaveLength(0)
  })
})
