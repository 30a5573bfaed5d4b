import { createApi, type Api } from '../lib/api.ts'
import type { GuestJson, MenuJson, PlacedOrderJson } from '../lib/shapes.ts'

export interface Subject {
  origin: string
  /** The Worker's name, by which one of its versions is asked for. */
  worker: string
  /** Whose menu is read, where one is named. */
  restaurant: string | null
  /** Whether an order is placed there and called off; it has to be nobody's kitchen. */
  order: boolean
}

const READ = ['/health/ready', '/.well-known/jwks.json', '/openapi.json']

/** What is wrong with a version; without one, with whichever answers. */
export async function lookAt(subject: Subject, version: string | null): Promise<string[]> {
  const headers: Record<string, string> =
    version === null
      ? {}
      : { 'Cloudflare-Workers-Version-Overrides': `${subject.worker}="${version}"` }
  const problems: string[] = []
  for (const path of READ) problems.push(...(await readable(subject.origin + path, headers)))
  if (subject.restaurant === null || problems.length > 0) return problems
  try {
    await visit(createApi(subject.origin), subject.restaurant, subject.order, headers)
  } catch (error) {
    problems.push(error instanceof Error ? error.message : 'the visit broke off')
  }
  return problems
}

async function readable(url: string, headers: Record<string, string>): Promise<string[]> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) })
    await answer.text()
    return answer.ok ? [] : [`${new URL(url).pathname} answers ${answer.status}`]
  } catch {
    return [`${new URL(url).pathname} does not answer`]
  }
}

/** What a guest does: reads the menu, asks for a price, and orders where that is wished. */
async function visit(
  api: Api,
  restaurant: string,
  order: boolean,
  headers: Record<string, string>,
): Promise<void> {
  const menu = await api.ask<MenuJson>('GET', `/restaurants/${restaurant}/menu`, { headers })
  const item = menu.categories
    .flatMap(({ items }) => items)
    .find(({ is_available, options }) => is_available && options.every((one) => !one.required))
  if (item === undefined) throw new Error('nothing on the menu can be ordered as it stands')
  const items = [{ menu_id: item.id, quantity: 1 }]
  const { access_token: token } = await api.ask<GuestJson>('POST', '/auth/guest', {
    ...{ headers, body: {} },
  })
  const ask = { token, headers }
  await api.ask('POST', '/orders/quote', { ...ask, body: { items } })
  if (!order) return
  const key = `rollout-${crypto.randomUUID()}`
  const { order_id } = await api.ask<PlacedOrderJson>('POST', '/orders', {
    ...{ ...ask, key },
    body: { items, payment_method: 'CARD' },
  })
  await api.ask('POST', `/orders/${order_id}/cancel`, { ...ask, key: `${key}-off`, body: {} })
}
