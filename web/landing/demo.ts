/** As scripts/seed.ts makes them, in development alone. */
export const DEMO = {
  accounts: [
    { word: 'ownerAccount', email: 'owner@demo.ordersync.test', opens: ['/board', '/office'] },
    { word: 'customer', email: 'customer@demo.ordersync.test', opens: [] },
    { word: 'support', email: 'support@demo.ordersync.test', opens: ['/desk'] },
    { word: 'admin', email: 'admin@demo.ordersync.test', opens: ['/desk'] },
    { word: 'secondAdmin', email: 'admin2@demo.ordersync.test', opens: ['/desk'] },
    { word: 'marketing', email: 'marketing@demo.ordersync.test', opens: ['/desk'] },
  ],
  password: 'tasty-chicken-house',
} as const

export interface DemoTable {
  id: string
  name: string
  url: string
}

interface TableJson {
  id: string
  name: string
  qr_url?: string
}

/** The demo restaurant's tables as its owner sees them; null where there is none yet. */
export async function demoTables(): Promise<readonly DemoTable[] | null> {
  const headers = { 'Content-Type': 'application/json' }
  const [{ email }] = DEMO.accounts
  const body = JSON.stringify({ email, password: DEMO.password })
  const login = await fetch('/api/v1/auth/login', { method: 'POST', headers, body })
  if (!login.ok) return null
  const { access_token: token } = (await login.json()) as { access_token: string }
  const read = await fetch('/api/v1/tables', { headers: { Authorization: `Bearer ${token}` } })
  if (!read.ok) return null
  const { items } = (await read.json()) as { items: readonly TableJson[] }
  return items.map(({ id, name, qr_url: url = '/' }) => ({ id, name, url }))
}
