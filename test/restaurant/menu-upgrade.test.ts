import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { completeTheMenu } from '../../src/restaurant/migrations/0003-complete-the-menu.ts'
import { migrate, MIGRATIONS } from '../../src/restaurant/migrations/migrate.ts'
import { createStore } from '../../src/restaurant/store/store.ts'

describe('an object from before menus had languages and pictures', () => {
  it('reads its rows as having none of them', async () => {
    const stub = env.RESTAURANTS.getByName('0fade0000001')
    const read = await runInDurableObject(stub, (_, { storage }) => {
      const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(completeTheMenu))
      storage.transactionSync(() => migrate(storage.sql, 1, before))
      const options =
        '[{"id":"o","name":"맵기","required":false,"min":0,"max":1,"choices":[{"id":"c","name":"순한맛","priceDelta":0}]}]'
      storage.sql.exec(`INSERT INTO categories (id, name, position) VALUES ('c', '치킨', 0)`)
      storage.sql.exec(
        `INSERT INTO items (id, category_id, number, name, description, price, position, options)
          VALUES ('i', 'c', 1, '후라이드', NULL, 18000, 0, ?)`,
        options,
      )
      storage.transactionSync(() => migrate(storage.sql, 2))
      const { menu } = createStore(storage)
      return { categories: menu.categories(), items: menu.items() }
    })
    expect(read.categories).toEqual([{ id: 'c', name: '치킨', names: {}, position: 0 }])
    expect(read.items).toMatchObject([
      {
        id: 'i',
        names: {},
        descriptions: {},
        allergens: [],
        tags: [],
        spiceLevel: 0,
        maxPerOrder: null,
        image: null,
        options: [{ name: '맵기', choices: [{ name: '순한맛' }] }],
        soldOut: false,
        stock: null,
      },
    ])
  })
})
