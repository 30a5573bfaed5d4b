import { errorOf, UnexpectedAnswerError, type Api } from './api.ts'
import type { DemoAccount } from './demo-data.ts'

export interface SignedIn {
  access_token: string
  refresh_token: string
  expires_in: number
  user: { id: string; email: string; name: string; role: string }
}

export const login = (api: Api, { email, password }: DemoAccount): Promise<SignedIn> =>
  api.ask<SignedIn>('POST', '/auth/login', { body: { email, password } })

/** Logs in; registers the account first where it does not exist. Nobody registers as ADMIN. */
export async function signIn(api: Api, account: DemoAccount): Promise<SignedIn> {
  const { email, password, name } = account
  const first = await api.send('POST', '/auth/login', { body: { email, password } })
  if (first.status === 200) return first.body as SignedIn
  if (errorOf(first)?.reason !== 'WRONG_CREDENTIALS') throw new UnexpectedAnswerError(first, '200')
  const role = account.role === 'OWNER' ? 'OWNER' : 'CUSTOMER'
  return api.ask<SignedIn>('POST', '/auth/register', { body: { email, password, name, role } })
}
