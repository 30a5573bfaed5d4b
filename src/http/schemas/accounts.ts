import { z } from '@hono/zod-openapi'
import { ACCOUNT_ROLES } from '../../domain/actor.ts'
import { ASSIGNABLE_ROLES } from '../../domain/identity/account.ts'
import type { AccountDetails } from '../../usecases/admin/read-account.ts'
import type { Account, AccountFilter, ErasureProgress } from '../../usecases/admin/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { openSession, openSessionJson } from './sessions.ts'

/** Why it is done: stands in the audit trail, where no personal data belongs. */
export const reason = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .openapi({ example: 'left the company on 30 November' })

export const accountQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: '`next_cursor` of the page before' }),
  role: z.enum(ASSIGNABLE_ROLES).optional(),
  email: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .optional()
    .openapi({ description: 'What the e-mail begins with', example: 'minsu' }),
  q: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .openapi({ description: 'A part of the name', example: '민수' }),
  locked: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .openapi({ type: 'boolean' }),
  restaurant_id: idSchema.optional().openapi({ description: 'Works there' }),
})

type Sent = Omit<z.output<typeof accountQuery>, 'limit' | 'cursor'>

export const accountFilterOf = (sent: Sent): AccountFilter => ({
  role: sent.role ?? null,
  email: sent.email ?? null,
  name: sent.q ?? null,
  locked: sent.locked ?? null,
  restaurantId: sent.restaurant_id ?? null,
})

export const account = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role: z.enum(ACCOUNT_ROLES),
    created_at: timeSchema,
    locked_at: timeSchema.nullable().openapi({ description: 'Since when nobody is let in' }),
    erased_at: timeSchema.nullable().openapi({ description: 'Since when the person is gone' }),
  })
  .openapi('Account')

export const accountJson = (found: Account) => ({
  id: found.id,
  email: found.email,
  name: found.name,
  role: found.role,
  created_at: isoTime(found.createdAt),
  locked_at: isoTime(found.lockedAt),
  erased_at: isoTime(found.erasedAt),
})

export const accountDetails = account
  .extend({
    memberships: z.array(z.object({ restaurant_id: idSchema, role: z.enum(['OWNER', 'STAFF']) })),
    sessions: z
      .array(openSession)
      .openapi({ description: 'Open log-ins, the one used last first' }),
    points: z.int(),
  })
  .openapi('AccountDetails')

export const accountDetailsJson = (details: AccountDetails, currentSessionId: string) => ({
  ...accountJson(details.account),
  memberships: details.memberships.map(({ restaurantId, role }) => ({
    restaurant_id: restaurantId,
    role,
  })),
  sessions: details.sessions.map((session) => openSessionJson(session, currentSessionId)),
  points: details.points,
})

export const accountChange = z
  .strictObject({
    role: z.enum(ASSIGNABLE_ROLES).optional(),
    locked: z.boolean().optional(),
    reason,
  })
  .superRefine(({ role, locked }, context) => {
    if (role !== undefined || locked !== undefined) return
    context.addIssue({ code: 'custom', path: ['role'], params: { reason: 'required' } })
  })
  .openapi('AccountChange', { example: { locked: true, reason: 'left the company' } })

export const exportWish = z.strictObject({ reason }).openapi('ExportWish')

/** As it is written; what its parts look like, their own operations say. */
export const personalData = z
  .object({
    exported_at: timeSchema,
    account: accountDetails,
    password_link_sent: z.boolean(),
    carts: z.array(z.looseObject({})),
    notes: z.array(z.object({ text: z.string(), at: timeSchema })),
    orders: z.array(z.looseObject({})),
    coupons: z.array(z.looseObject({})),
    wallet: z.array(z.looseObject({})),
  })
  .openapi('PersonalData')

export const erasureWish = z
  .strictObject({
    reason,
    confirm: z
      .string()
      .max(255)
      .openapi({ description: "The account's e-mail", example: 'minsu.kim@example.com' }),
    forfeit_points: z
      .boolean()
      .default(false)
      .openapi({ description: 'Points that are left are given up' }),
  })
  .openapi('ErasureWish')

export const erasure = z
  .object({
    user_id: idSchema,
    asked_at: timeSchema,
    restaurants: z.int().openapi({ description: 'Where they have ordered' }),
    restaurants_done: z.int(),
    done_at: timeSchema.nullable().openapi({ description: 'Null: under way' }),
  })
  .openapi('Erasure')

export const erasureJson = (progress: ErasureProgress) => ({
  user_id: progress.userId,
  asked_at: isoTime(progress.askedAt),
  restaurants: progress.restaurants,
  restaurants_done: progress.restaurantsDone,
  done_at: isoTime(progress.doneAt),
})
