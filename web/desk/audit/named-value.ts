import { t as account, type AccountWord } from '../accounts/words.ts'
import { ROLES } from '../accounts/roles.ts'
import type { AuditEntry } from '../administration/types.ts'
import { t as order, type AllOrdersWord } from '../orders/all-words.ts'
import { STATUSES } from '../orders/order-states.ts'

const MOVES = ['accept', 'reject', 'ready', 'complete', 'cancel', 'refund'] as const
const ROLE_WORDS: readonly AccountWord[] = ROLES
const ORDER_WORDS: readonly AllOrdersWord[] = [...STATUSES, ...MOVES]

/** A value that has a name of its own among what its field may hold; null for all others. */
export function namedValue(
  field: string,
  value: AuditEntry['changes'][string]['to'],
): string | null {
  const role = field === 'role' ? ROLE_WORDS.find((one) => one === value) : undefined
  if (role !== undefined) return account(role)
  const word =
    field === 'action' || field === 'status' ? ORDER_WORDS.find((one) => one === value) : undefined
  return word === undefined ? null : order(word)
}
