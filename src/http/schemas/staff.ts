import { z } from '@hono/zod-openapi'
import type { StaffMember } from '../../usecases/identity/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { email } from './identity.ts'

const role = z.enum(['OWNER', 'STAFF'])

export const staffRole = z.object({ email, role }).openapi('StaffRole')

export const staffParams = z.object({ user_id: idSchema })

export const staffMember = z
  .object({
    user_id: idSchema,
    email: z.string(),
    name: z.string(),
    role,
    since: timeSchema,
  })
  .openapi('StaffMember')

export const staffJson = (member: StaffMember) => ({
  user_id: member.userId,
  email: member.email,
  name: member.name,
  role: member.role,
  since: isoTime(member.since),
})
