import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createOrderIndex } from '../../src/db/repositories/order-index.ts'

const PAGE = { limit: 5, beforeId: null }

/** The database, and the points that sessions were opened at. */
function watched() {
  const opened: unknown[] = []
  const database = new Proxy(env.DB, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function') return member
      const method = member.bind(target) as (...values: unknown[]) => unknown
      return (...values: unknown[]) => {
        if (property === 'withSession') opened.push(values[0])
        return method(...values)
      }
    },
  })
  return { opened, index: createOrderIndex(database, () => 0) }
}

describe('reading lists', () => {
  it('takes any copy of the database, and says how far it was', async () => {
    const { opened, index } = watched()
    const { bookmark } = await index.byUser('someone', { ...PAGE, bookmark: null })
    expect(opened).toEqual(['first-unconstrained'])
    expect(bookmark).toMatch(/^[\w-]{1,128}$/)
  })

  it('never goes back behind what the reader has seen', async () => {
    const { opened, index } = watched()
    const { bookmark } = await index.bySession('someone', { ...PAGE, bookmark: null })
    await index.bySession('someone', { ...PAGE, bookmark })
    expect(opened.at(-1)).toBe(bookmark)
  })

  it('takes the primary where something is decided by it', async () => {
    const { opened, index } = watched()
    await index.byUser('someone', PAGE)
    expect(opened).toEqual(['first-primary'])
  })
})
