import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { login, signIn } from '../../scripts/lib/account.ts'
import { createApi, type Api } from '../../scripts/lib/api.ts'
import { ADMIN, OWNER } from '../../scripts/lib/demo-data.ts'
import { migrateLocally } from '../../scripts/lib/migrate-locally.ts'
import { placeAt } from '../../scripts/lib/place.ts'
import { twoFreePorts } from '../../scripts/lib/ports.ts'
import { stopGroup } from '../../scripts/lib/process-group.ts'
import { OWN_SECRETS } from '../../scripts/lib/secrets.ts'
import { startApp, untilReady } from '../../scripts/lib/server.ts'
import { executeLocally } from '../../scripts/lib/wrangler.ts'
import type { AppFaults } from '../../sandbox/app-faults.ts'

const secret = () => randomBytes(24).toString('hex')
const LIMITS = ['ANONYMOUS', 'VISIT', 'ACCOUNT', 'LOGIN', 'GUEST_TOKEN']

/** The development server on ports, secrets and data of its own. */
export async function startServer(settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ordersync-partner-'))
  const place = placeAt(folder, ...(await twoFreePorts()))
  await migrateLocally(place.state)
  const controlToken = secret()
  const app = startApp(place, {
    vars: {
      JWT_KEYS: OWN_SECRETS.JWT_KEYS(),
      LINK_SECRET: OWN_SECRETS.LINK_SECRET(),
      ENCRYPTION_KEYS: OWN_SECRETS.ENCRYPTION_KEYS(),
      TOSS_SECRET_KEY: `test_sk_${secret()}`,
      TOSS_CLIENT_KEY: `test_ck_${secret()}`,
      CONTROL_TOKEN: controlToken,
      ...Object.fromEntries(LIMITS.map((limit) => [`RATE_LIMIT_${limit}`, '1000000'])),
      ...settings,
    },
  })
  const stop = async () => {
    await stopGroup(app)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilReady(app, place)
  } catch (error) {
    await stop()
    throw error
  }
  const api = createApi(place.app)
  const control = async (what: string, body: object) => {
    const answer = await fetch(`${place.app}/__control/${what}`, {
      method: 'POST',
      headers: { 'x-control-token': controlToken },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`the ${what}: ${await answer.text()}`)
  }
  /** From the real time; alarms and leases go by it. */
  const setClock = (offsetMs: number) => control('clock', { offset_ms: offsetMs })
  const setFaults = (faults: AppFaults) => control('faults', faults)
  return {
    folder,
    origin: place.app,
    group: app.pid,
    api,
    state: place.state,
    setClock,
    setFaults,
    stop,
  }
}
export type Served = Awaited<ReturnType<typeof startServer>>

/** A restaurant whose guests pay at the end; gives what places an order in it. */
export async function openRestaurant(api: Api, name: string) {
  const account = { ...OWNER, email: `${name}@example.com` }
  const { access_token: first } = await signIn(api, account)
  const make = <T>(path: string, body: object, token: string) =>
    api.ask<T & { id: string }>('POST', path, { token, key: randomUUID(), body })
  const settings = { payment_policy: 'POSTPAID', payment_methods: ['COUNTER'] }
  const { id } = await make('/restaurants', { name, ...settings }, first)
  const { access_token: token } = await login(api, account)
  const category = await make('/restaurants/me/categories', { name: '치킨' }, token)
  const wanted = { category_id: category.id, name: '반반치킨', price: 18_000 }
  const item = await make('/restaurants/me/items', wanted, token)
  const order = { items: [{ menu_id: item.id, quantity: 1 }], payment_method: 'COUNTER' }
  return {
    id,
    placeOrder: async () => (await make<{ order_id: string }>('/orders', order, token)).order_id,
  }
}

/** A partner that may see everything, with a key. */
export async function addPartner({ api, state }: Served) {
  const { user } = await signIn(api, ADMIN)
  await executeLocally(state, `UPDATE users SET role = 'ADMIN' WHERE id = '${user.id}'`)
  const { access_token: token } = await login(api, ADMIN)
  const partners = '/admin/integrations/partners'
  const { id, client_id, client_secret } = await api.ask<
    Record<'id' | 'client_id' | 'client_secret', string>
  >('POST', partners, { token, body: { name: 'example' } })
  const body = { restaurant_id: null, types: null }
  await api.ask('POST', `${partners}/${id}/subscriptions`, { token, key: randomUUID(), body })
  return { clientId: client_id, secret: client_secret }
}
