import { askPasswordReset } from '../../usecases/identity/ask-password-reset.ts'
import { changePassword } from '../../usecases/identity/change-password.ts'
import { resetPassword } from '../../usecases/identity/reset-password.ts'
import type { App } from '../context.ts'
import { originOf } from '../links.ts'
import { subscriberOf } from '../network.ts'
import { answer, defineRoute } from '../route.ts'
import { forgottenPassword, passwordChange, passwordReset } from '../schemas/passwords.ts'

/** Passwords are compared, never kept: neither is a key to replay an answer by. */
const PASSWORDS = { tag: 'Identity', method: 'post', idempotency: 'none', limit: 'login' } as const

/** A new password, by the old one or by a link sent to the account's address. */
export function passwordRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...PASSWORDS,
      path: '/auth/password/change',
      operationId: 'changePassword',
      summary: 'Choose a new password; every other session ends',
      permission: 'account:edit-own',
      request: { body: passwordChange },
      success: { status: 204, description: 'Changed; this session stays' },
      refusals: ['RATE_LIMITED'],
    },
    async (c) => {
      const { current_password: currentPassword, new_password: newPassword } = c.req.valid('json')
      const { actor, clientIp, deps } = c.var
      const network = subscriberOf(clientIp)
      const change = { actor, currentPassword, newPassword, network }
      return answer(await changePassword(deps, change), () => undefined)
    },
  )
  defineRoute(
    app,
    {
      ...PASSWORDS,
      path: '/auth/password/forgot',
      operationId: 'forgotPassword',
      summary: 'Have a link sent that sets a new password',
      description:
        'The answer is the same whether or not the address has an account. The link works once, ' +
        'for 30 minutes, and ends those sent before.',
      permission: 'public',
      request: { body: forgottenPassword },
      success: { status: 202, description: 'If there is such an account, it is written to' },
      refusals: ['RATE_LIMITED'],
    },
    async (c) => {
      const { clientIp, deps, locale } = c.var
      const { email } = c.req.valid('json')
      const wish = { email, network: subscriberOf(clientIp), origin: originOf(c), locale }
      const asked = await askPasswordReset(deps, wish)
      return asked.ok ? c.body(null, 202, { 'Cache-Control': 'no-store' }) : asked
    },
  )
  defineRoute(
    app,
    {
      ...PASSWORDS,
      path: '/auth/password/reset',
      operationId: 'resetPassword',
      summary: 'Set a new password by a link, once; every session ends',
      permission: 'public',
      request: { body: passwordReset },
      success: { status: 204, description: 'Set: log in with it' },
      refusals: [],
    },
    async (c) => {
      const { token, new_password: newPassword } = c.req.valid('json')
      return answer(await resetPassword(c.var.deps, { token, newPassword }), () => undefined)
    },
  )
}
