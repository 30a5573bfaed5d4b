import type { World } from './world.ts'

interface Named {
  id: string
  name: string
}

/** What the owner does meanwhile, elsewhere: by the API. */
export function ownerOf({ api, origin, token }: World) {
  const idOf = async (path: string, name: string): Promise<string> => {
    const { items } = await api.ask<{ items: readonly Named[] }>('GET', `${path}?limit=100`, {
      token,
    })
    const found = items.find((one) => one.name === name)
    if (found === undefined) throw new Error(`no ${name} under ${path}`)
    return found.id
  }
  const dish = (name: string) => idOf('/restaurants/me/items', name)
  return {
    /** The business day that runs now, by the restaurant's clock. */
    today: async () =>
      (await api.ask<{ day: string }>('GET', '/restaurants/me/statistics', { token })).day,
    settings: (body: object) => api.ask('PATCH', '/restaurants/me', { token, body }),
    edit: async (name: string, body: object) =>
      api.ask('PATCH', `/restaurants/me/items/${await dish(name)}`, { token, body }),
    soldOut: async (name: string, isSoldOut: boolean) =>
      api.ask('PUT', `/restaurants/me/items/${await dish(name)}/sold-out`, {
        token,
        body: { sold_out: isSoldOut },
      }),
    photograph: async (name: string, picture: Buffer<ArrayBuffer>) => {
      const { ok, status } = await fetch(
        `${origin}/api/v1/restaurants/me/items/${await dish(name)}/image`,
        {
          method: 'PUT',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'image/jpeg' },
          body: picture,
        },
      )
      if (!ok) throw new Error(`the picture was not taken: ${status}`)
    },
    coupon: (code: string, terms: object = {}) =>
      api.ask<{ id: string }>('POST', '/admin/coupons', {
        token,
        key: code,
        body: { code, kind: 'FIXED', value: 2000, total_quantity: 100, for_guests: true, ...terms },
      }),
    endCoupon: (id: string) =>
      api.ask('PATCH', `/admin/coupons/${id}`, { token, body: { active: false } }),
    clear: async (table: string) =>
      api.ask('POST', `/tables/${await idOf('/tables', table)}/reset`, {
        token,
        body: { force: 'void' },
      }),
    newCode: async (table: string) =>
      api.ask<{ qr_url: string }>('POST', `/tables/${await idOf('/tables', table)}/qr/rotate`, {
        token,
      }),
    pause: (body: object) => api.ask('POST', '/restaurants/me/pause', { token, body }),
    resume: () => api.ask('POST', '/restaurants/me/resume', { token }),
    accept: async (number: string) => {
      const { items } = await api.ask<{
        items: readonly { order_id: string; order_number: string }[]
      }>('GET', '/restaurants/me/orders?limit=100', { token })
      const found = items.find(({ order_number: one }) => one === number)
      return api.ask('POST', `/restaurants/me/orders/${found?.order_id ?? number}/accept`, {
        token,
        body: { estimated_time_minutes: 10 },
      })
    },
  }
}
