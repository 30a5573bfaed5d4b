import { randomUUID } from 'node:crypto'
import { createJoseTokens, type SigningJwk } from '../src/providers/jose-tokens.ts'
import type { Call } from './load.ts'

/** Somebody with an account, as a log-in leaves them. */
export interface Member {
  sessionId: string
  userId: string
  token: string
}

/** Tokens outlive the bench; whoever serves them has to know the sessions. */
export async function newMembers(signingKey: SigningJwk, count: number): Promise<Member[]> {
  const tokens = createJoseTokens([signingKey])
  const issuedAt = Date.now()
  return Promise.all(
    Array.from({ length: count }, async () => {
      const [sessionId, userId] = [randomUUID(), randomUUID()]
      const token = await tokens.issue(
        'access',
        { role: 'CUSTOMER', sessionId, userId, memberships: [], visit: null },
        { id: randomUUID(), issuedAt, ttlSeconds: 900 },
      )
      return { sessionId, userId, token }
    }),
  )
}

/** The guest's order, but by the member and to take away. */
export function orderBy(member: Member, { headers, body, ...call }: Call): Call {
  const { table_id: _, ...order } = JSON.parse(body ?? '{}') as Record<string, unknown>
  return {
    ...call,
    headers: { ...headers, authorization: `Bearer ${member.token}` },
    body: JSON.stringify(order),
  }
}
