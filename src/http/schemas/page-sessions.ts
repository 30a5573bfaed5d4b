import { z } from '@hono/zod-openapi'
import { bearer, joined, signedIn } from './identity.ts'

/** Whose session: a browser may hold a table's guest and a member side by side. */
const as = z.enum(['guest', 'member'])

export const resuming = z.object({ as }).openapi('SessionResuming')
export const sessionEnding = z.object({ as }).openapi('SessionEnding')

export const pageJoined = joined.openapi('PageJoined')

export const pageSignedIn = signedIn.omit({ refresh_token: true }).openapi('PageSignedIn')

export const resumed = z
  .object({
    ...bearer,
    user: signedIn.shape.user.nullable().openapi({ description: 'Null for a guest' }),
    visit: z
      .object({ id: z.string(), table_id: z.string() })
      .nullable()
      .openapi({ description: 'The stay at a table that the token is bound to' }),
  })
  .openapi('SessionResumed')
