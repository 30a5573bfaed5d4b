import type { SupportNote } from '../../db/repositories/support-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { activityOf, type Agent } from './activity-of.ts'

interface NoteWish {
  customerId: string
  text: string
  idempotency: { key: string; fingerprint: string } | null
}

/** Writes down something about a customer; a repeat under the same key finds the first note. */
export async function addNote(
  deps: Pick<Deps, 'supportCustomers' | 'supportNotes' | 'now' | 'random'>,
  agent: Agent,
  { customerId, text, idempotency }: NoteWish,
): Promise<Result<SupportNote, Refusal> & { replayed?: boolean }> {
  const customer = await deps.supportCustomers.byId(customerId)
  if (customer === null) return refuse({ kind: 'NOT_FOUND', what: 'customer' })
  const createdAt = deps.now()
  const id = mintTimedId(PLATFORM_KEY, createdAt, deps.random)
  const note = { id, userId: customerId, authorId: agent.userId, text, createdAt }
  const fingerprint = idempotency?.fingerprint ?? ''
  const standing = await deps.supportNotes.insert(
    note,
    { idempotencyKey: idempotency?.key ?? null, fingerprint },
    activityOf(deps, agent, 'noted', { customerId }),
  )
  if (standing === null) return refuse({ kind: 'CUSTOMER_ERASED' })
  if (standing.fingerprint !== fingerprint) return refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
  return { ...ok(standing), replayed: standing.id !== id }
}
