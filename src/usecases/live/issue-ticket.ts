import type { Actor } from '../../domain/actor.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

const TICKET_SECONDS = 30

export interface Ticket {
  ticket: string
  /** In ms. */
  expiresAt: number
}

/**
 * A ticket for one socket, for those who cannot send their token with the upgrade. The socket it opens
 * ends with that token, not later.
 */
export async function issueTicket(
  { tokens, random, now }: Pick<Deps, 'tokens' | 'random' | 'now'>,
  { actor, token }: { actor: Actor; token: string },
): Promise<Result<Ticket, Refusal>> {
  const issuedAt = now()
  const presented = await tokens.verify('access', token, issuedAt)
  if (presented === null) return refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' })
  const ticket = await tokens.issue('ticket', actor, {
    id: mintAccountId(random),
    issuedAt,
    ttlSeconds: TICKET_SECONDS,
    opensUntil: presented.expiresAt,
  })
  // Tokens count whole seconds.
  return ok({ ticket, expiresAt: (Math.floor(issuedAt / 1000) + TICKET_SECONDS) * 1000 })
}
