import type { Membership } from '../../domain/actor.ts'
import type { Deps } from '../deps.ts'

/**
 * Where the user works, as D1 has it now. For what the token does not name: an owner who has just
 * created a restaurant keeps using the token from before.
 */
export const membershipsOf = (
  { registry }: Pick<Deps, 'registry'>,
  userId: string,
): Promise<readonly Membership[]> => registry.memberships(userId)
