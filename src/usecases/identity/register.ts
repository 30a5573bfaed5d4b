import type { NewUser } from '../../db/repositories/ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import { checkPassword } from '../../domain/identity/password.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { startSession, type SignedIn } from './session-tokens.ts'

export interface Registration {
  email: string
  password: string
  name: string
  role: 'CUSTOMER' | 'OWNER'
}

/** Creates an account and logs it in. */
export async function register(
  deps: Deps,
  { email, password, name, role }: Registration,
): Promise<Result<SignedIn, Refusal>> {
  const problem = checkPassword(password, { email })
  if (problem) return refuse({ kind: 'INVALID', errors: [{ field: 'password', reason: problem }] })
  const now = deps.now()
  const user: NewUser = {
    id: mintAccountId(deps.random),
    email: email.toLowerCase(),
    name,
    role,
    passwordHash: await deps.passwords.hash(password),
    createdAt: now,
  }
  return deps.toTheEnd(async () => {
    if (!(await deps.users.insert(user))) return refuse({ kind: 'EMAIL_TAKEN' })
    const { sessionId: _, ...signedIn } = await startSession(deps, user, now)
    return ok(signedIn)
  })
}
