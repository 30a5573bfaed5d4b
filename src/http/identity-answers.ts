import type { z } from '@hono/zod-openapi'
import type { Joined } from '../usecases/identity/join-guest.ts'
import type { SignedIn } from '../usecases/identity/session-tokens.ts'
import type { joined, signedIn } from './schemas/identity.ts'

/** Who has logged in, with both tokens. */
export const signedInJson = (given: SignedIn): z.input<typeof signedIn> => ({
  access_token: given.accessToken,
  refresh_token: given.refreshToken,
  token_type: 'Bearer',
  expires_in: given.expiresInSeconds,
  user: given.user,
})

/** A guest's token, with the table where a code was scanned. */
export const joinedJson = ({ table, ...given }: Joined): z.input<typeof joined> => ({
  access_token: given.accessToken,
  token_type: 'Bearer',
  expires_in: given.expiresInSeconds,
  session_id: given.sessionId,
  ...(table && {
    restaurant_id: table.restaurantId,
    table_id: table.tableId,
    table_name: table.tableName,
    visit: { id: table.visitId, table_id: table.tableId },
  }),
})
