import { z } from '@hono/zod-openapi'
import { chosenPassword, email, presentPassword } from './identity.ts'

export const passwordChange = z
  .object({ current_password: presentPassword, new_password: chosenPassword })
  .openapi('PasswordChange')

export const forgottenPassword = z.object({ email }).openapi('ForgottenPassword')

export const passwordReset = z
  .object({
    token: z.string().min(1).max(200).openapi({ description: 'What the link carries behind `#`' }),
    new_password: chosenPassword,
  })
  .openapi('PasswordReset')
