import { z } from '@hono/zod-openapi'
import type { Session, TabletSession } from '../../usecases/identity/types.ts'
import { SESSION_DEVICES } from '../../domain/identity/device.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

const used = timeSchema.openapi({ description: 'When its refresh token was exchanged last' })

export const openSession = z
  .object({
    id: idSchema,
    device: z.enum(SESSION_DEVICES),
    created_at: timeSchema,
    last_used_at: used,
    current: z.boolean().openapi({ description: 'The one that asks' }),
  })
  .openapi('OpenSession')

export const openSessionJson = (session: Session, currentId: string) => ({
  id: session.id,
  device: session.device,
  created_at: isoTime(session.createdAt),
  last_used_at: isoTime(session.lastUsedAt),
  current: session.id === currentId,
})

/** `?all=true` ends the session that asks, too. */
export const endingQuery = z.object({
  all: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .openapi({ type: 'boolean', description: 'This session too' }),
})

export const tabletSession = z
  .object({
    id: idSchema,
    user: z.object({ id: idSchema, name: z.string() }),
    created_at: timeSchema,
    last_used_at: used,
  })
  .openapi('TabletSession')

export const tabletJson = (tablet: TabletSession) => ({
  id: tablet.id,
  user: { id: tablet.userId, name: tablet.userName },
  created_at: isoTime(tablet.createdAt),
  last_used_at: isoTime(tablet.lastUsedAt),
})
