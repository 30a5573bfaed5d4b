import type { Browser } from 'playwright-core'
import type { Api } from '../lib/api.ts'
import type { MenuJson } from '../lib/shapes.ts'
import { drawDish } from './draw.ts'
import { LOOKS } from './kinds.ts'

/** Who keeps the menu, and where. */
export interface Kitchen {
  origin: string
  api: Api
  token: string
}

/** As wide as what the office makes of an owner's photograph. */
const SIZE = { width: 800, height: 600 }

/** Gives each dish of the demo's menu a picture that is drawn on the spot, always the same. */
export async function putPictures(
  browser: Browser,
  { origin, api, token }: Kitchen,
  { grain = 0 }: { grain?: number } = {},
): Promise<{ count: number; bytes: number }> {
  const { id } = await api.ask<{ id: string }>('GET', '/restaurants/me', { token })
  const { categories } = await api.ask<MenuJson>('GET', `/restaurants/${id}/menu`)
  const page = await browser.newPage()
  let [count, bytes] = [0, 0]
  for (const item of categories.flatMap(({ items }) => items)) {
    const look = LOOKS[item.name]
    if (look === undefined) continue
    count += 1
    const picture = Buffer.from(
      await page.evaluate(drawDish, { look, seed: count, grain, ...SIZE }),
      'base64',
    )
    bytes += picture.length
    const answer = await fetch(`${origin}/api/v1/restaurants/me/items/${item.id}/image`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'image/webp' },
      body: picture,
    })
    if (!answer.ok) throw new Error(`the picture of ${item.name}: ${await answer.text()}`)
  }
  await page.close()
  return { count, bytes }
}
