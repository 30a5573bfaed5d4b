import { errorOf } from '../lib/api.ts'
import { openLive } from '../lib/live.ts'
import type { OrderJson, Page } from '../lib/shapes.ts'
import { itemNamed, lineOf, newKey, type Cast } from './cast.ts'
import { ms, stage } from './stage.ts'

/** The last portion is gone: open menus learn of it at once, and nobody can order it. */
export async function soldOut(cast: Cast): Promise<void> {
  stage.scene('Sold out')
  const { api, owner, guest, place, table } = cast
  const item = itemNamed(cast, '치즈볼')
  const [latest] = (await api.ask<Page<OrderJson>>('GET', '/orders?limit=1', { token: guest }))
    .items
  const phone = await openLive({
    ...{ origin: place.app, path: `/ws/orders/${latest?.order_id ?? ''}`, token: guest },
  })
  const mark = (sold_out: boolean) =>
    api.ask('PUT', `/restaurants/me/items/${item.id}/sold-out`, {
      ...{ token: owner, key: newKey(), body: { sold_out } },
    })
  const startedAt = performance.now()
  await mark(true)
  try {
    stage.owner(`marks ${item.name} sold out`)
    const heard = await phone.next(({ type }) => type === 'SOLD_OUT', 'the sold-out item')
    stage.guest(`sees ${item.name} turn grey, ${ms(heard.at - startedAt)} after`)
    const refused = await api.send('POST', '/orders', {
      ...{ token: guest, key: newKey() },
      body: { table_id: table.id, items: [lineOf(item, 1, {})], payment_method: 'CARD' },
    })
    const error = errorOf(refused)
    stage.expect(
      refused.status === 409 && error?.reason === 'OUT_OF_STOCK',
      `ordering it is refused: ${error?.reason ?? ''} ${JSON.stringify(error?.details ?? {})}`,
    )
  } finally {
    await mark(false)
  }
  stage.owner(`has ${item.name} again`)
  phone.close()
}
