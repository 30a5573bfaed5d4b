import { mintTimedId, PLATFORM_KEY } from '../../src/domain/ids.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * The statements that make an account an administrator, with the line of the audit trail: the way to the
 * first one, since only administrators make others. Nothing happens where there is no such account, or it
 * is one already; a locked one stays locked.
 */
export function makeAdmin(email: string, at = Date.now()): string {
  const id = mintTimedId(PLATFORM_KEY, at, (length) =>
    crypto.getRandomValues(new Uint8Array(length)),
  )
  const which = `email = ${quoted(email.toLowerCase())} AND role <> 'ADMIN' AND erased_at IS NULL`
  const changes = `json_object('role', json_object('from', role, 'to', 'ADMIN'))`
  return [
    `INSERT INTO audit_entries (id, at, actor_id, actor_role, action, subject, subject_id, reason, changes)
      SELECT ${quoted(id)}, ${at}, NULL, 'SYSTEM', 'user-role-changed', 'user', id,
        'made an administrator in the database', ${changes} FROM users WHERE ${which}`,
    `UPDATE users SET role = 'ADMIN' WHERE ${which}`,
  ].join('; ')
}
