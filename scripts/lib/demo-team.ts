import { login, signIn, type SignedIn } from './account.ts'
import type { Api } from './api.ts'
import { ADMIN, TEAM, type DemoAccount } from './demo-data.ts'
import { makeAdmin } from './make-admin.ts'
import { executeLocally } from './wrangler.ts'

interface Accounts {
  items: { id: string; email: string; role: string }[]
}

/** Nobody becomes the first administrator through the API: that one is made in the database. */
export async function ensureAdmin(
  api: Api,
  state: string,
  account: DemoAccount,
): Promise<SignedIn> {
  const before = await signIn(api, account)
  if (before.user.role === 'ADMIN') return before
  await executeLocally(state, makeAdmin(account.email))
  const after = await login(api, account)
  if (after.user.role === 'ADMIN') return after
  throw new Error(`the role of ${account.email} did not take: ${after.user.role}`)
}

/** The platform's people, as far as they are missing: the first administrator gives the others their roles. */
export async function ensureTeam(api: Api, state: string): Promise<void> {
  const { access_token: token } = await ensureAdmin(api, state, ADMIN)
  for (const account of TEAM) {
    const at = `/admin/users?email=${encodeURIComponent(account.email)}`
    const { items } = await api.ask<Accounts>('GET', at, { token })
    const known = items.find(({ email }) => email === account.email)
    if (known?.role === account.role) continue
    const id = known?.id ?? (await signIn(api, account)).user.id
    await api.ask('PATCH', `/admin/users/${id}`, {
      token,
      body: { role: account.role, reason: 'one of the demo accounts' },
    })
  }
}
