import { z } from '@hono/zod-openapi'
import { ACCOUNT_ROLES } from '../../domain/actor.ts'
import { SESSION_DEVICES } from '../../domain/identity/device.ts'
import { idSchema } from './common.ts'

/** Longer than any password that is taken: those get their own reason from the use case. */
const ANY_PASSWORD = 1000

export const email = z.email().max(255).openapi({ example: 'minsu.kim@example.com' })
const uuid = z.string().openapi({ format: 'uuid' })

/** The use case says what is wrong with one. */
export const chosenPassword = z.string().max(ANY_PASSWORD).openapi({
  minLength: 10,
  maxLength: 200,
  example: 'mango-river-41',
  description: '10 to 200 characters, none of the passwords that are guessed first',
})
export const presentPassword = z.string().min(1).max(ANY_PASSWORD)

export const registration = z
  .object({
    email,
    password: chosenPassword,
    name: z.string().trim().min(1).max(100).openapi({ example: '김민수' }),
    role: z.enum(['CUSTOMER', 'OWNER']).default('CUSTOMER'),
  })
  .openapi('Registration')

export const credentials = z
  .object({
    email,
    password: z.string().min(1).max(ANY_PASSWORD).openapi({ example: 'mango-river-41' }),
    device: z.enum(SESSION_DEVICES).default('other'),
  })
  .openapi('Credentials')

export const refreshing = z
  .object({
    refresh_token: z.string().min(1).max(200).openapi({ description: 'The one received last' }),
  })
  .openapi('Refreshing')

/** Both fields of a table's code, or neither. */
export const guestJoining = z
  .object({
    table_id: idSchema.optional(),
    code: z.string().min(1).max(100).optional().openapi({
      description: "What the table's QR code carries behind `#`",
    }),
  })
  .superRefine(({ table_id, code }, context) => {
    if ((table_id === undefined) === (code === undefined)) return
    const missing = code === undefined ? 'code' : 'table_id'
    context.addIssue({ code: 'custom', path: [missing], params: { reason: 'required' } })
  })
  .openapi('GuestJoining')

const user = z
  .object({ id: uuid, email: z.string(), name: z.string(), role: z.enum(ACCOUNT_ROLES) })
  .openapi('User')

export const bearer = {
  access_token: z.string().openapi({ description: 'Send as `Authorization: Bearer …`' }),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int().openapi({ description: 'Seconds', example: 900 }),
}

export const signedIn = z
  .object({
    ...bearer,
    refresh_token: z.string().openapi({
      description: 'Good for one exchange; repeatable for 60 s if the answer got lost',
    }),
    user,
  })
  .openapi('SignedIn')

export const whoAmI = user
  .extend({
    memberships: z.array(z.object({ restaurant_id: uuid, role: z.enum(['OWNER', 'STAFF']) })),
    points: z.int().openapi({ description: 'What the wallet holds; 1 point is 1 won' }),
  })
  .openapi('WhoAmI')

export const joined = z
  .object({
    ...bearer,
    session_id: uuid.openapi({ description: 'Stays the same when the token is renewed' }),
    restaurant_id: uuid.optional(),
    table_id: uuid.optional(),
    table_name: z.string().optional().openapi({ example: 'A1' }),
    visit: z.object({ id: uuid, table_id: uuid }).optional(),
  })
  .openapi('Joined', { description: 'Table and visit are there when a code was scanned' })
