import type { Context } from 'hono'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import { fingerprint } from '../canonical.ts'
import type { AppEnv } from '../context.ts'
import { refused } from '../errors.ts'
import type { Step } from '../step.ts'

export const IDEMPOTENCY_HEADER = 'Idempotency-Key'
const PRINTABLE = /^[\x20-\x7e]{1,255}$/

type Need = 'required' | 'taken' | 'none'

/** Refuses a missing key where one is required, and a malformed one wherever it is taken. */
export const idempotencyKey =
  (need: Need): Step =>
  (c) => {
    const key = need === 'none' ? undefined : c.req.header(IDEMPOTENCY_HEADER)
    const reason =
      key === undefined
        ? need === 'required' && c.get('bySource') !== true && 'required'
        : !PRINTABLE.test(key) && 'invalid_format'
    if (reason === false) return null
    return refused(c, { kind: 'INVALID', errors: [{ field: IDEMPOTENCY_HEADER, reason }] })
  }

/** After parsing: the key, with the digest of method, path and body it was sent with. */
export async function noteIdempotency(
  c: Context<AppEnv>,
  need: Exclude<Need, 'none'>,
  parsed: { method: string; path: string; params: unknown; body: unknown },
): Promise<void> {
  const key = c.req.header(IDEMPOTENCY_HEADER) ?? madeKey(c, need)
  c.set('idempotency', key === undefined ? null : { key, fingerprint: await fingerprint(parsed) })
}

/** Clients of the sources know of no keys: each request of theirs is a command of its own. */
const madeKey = (c: Context<AppEnv>, need: Need): string | undefined =>
  need === 'required' && c.get('bySource') === true
    ? mintAccountId((length) => c.env.deps.random(length))
    : undefined
