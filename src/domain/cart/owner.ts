import type { Actor } from '../actor.ts'

/**
 * Whose cart it is. Accounts and sessions are told apart: a session is named by whoever knows its id,
 * and accounts' ids are no secrets.
 */
export const cartOwner = ({ userId, sessionId }: Pick<Actor, 'userId' | 'sessionId'>): string =>
  userId === null ? sessionCartOwner(sessionId) : `account:${userId}`

/** The owner of the cart that a session without an account has. */
export const sessionCartOwner = (sessionId: string): string => `session:${sessionId}`

/** The account or session that an owner stands for; orders are placed in its name. */
export const scopeOfOwner = (owner: string): string => owner.slice(owner.indexOf(':') + 1)
