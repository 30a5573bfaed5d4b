import type { PartnerKey } from '../../db/repositories/partner-ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { findPartner, livePartner } from './live-partner.ts'
import { newPartnerKey } from './new-key.ts'
import { noteChange, type By } from './note-change.ts'

type KeyDeps = Pick<Deps, 'partners' | 'partnerKeys' | 'random' | 'secretBox' | 'now' | 'log'>

/**
 * A new key in place of the partner's others, which live on for the overlap. Its secret is told here
 * and never again.
 */
export async function rotatePartnerKey(
  deps: KeyDeps,
  partnerId: string,
  overlapSeconds: number,
  by: By,
): Promise<Result<{ key: PartnerKey; clientSecret: string }, Refusal>> {
  const live = await livePartner(deps, partnerId)
  if (!live.ok) return live
  const made = await newPartnerKey(deps, partnerId)
  const audit = auditOf(deps, by, {
    ...{ action: 'partner-key-rotated', subject: 'partner-key', subjectId: made.key.id },
    changes: {
      partner: { from: null, to: partnerId },
      overlapSeconds: { from: null, to: overlapSeconds },
    },
  })
  await deps.partnerKeys.replace(made.key, made.key.createdAt + overlapSeconds * 1000, audit)
  noteChange(deps, 'partner-key-rotated', { partnerId, keyId: made.key.id, overlapSeconds }, by)
  return ok(made)
}

/** The partner's keys, newest first, with those that have ended. */
export async function listPartnerKeys(
  deps: Pick<Deps, 'partners' | 'partnerKeys'>,
  partnerId: string,
): Promise<Result<readonly PartnerKey[], Refusal>> {
  const found = await findPartner(deps, partnerId)
  return found.ok ? ok(await deps.partnerKeys.of(partnerId)) : found
}

/** Ends a key now: what is signed with it from here on is refused. Tokens it was given for run out. */
export async function endPartnerKey(
  deps: KeyDeps,
  partnerId: string,
  keyId: string,
  by: By,
): Promise<Result<PartnerKey, Refusal>> {
  const audit = auditOf(deps, by, {
    ...{ action: 'partner-key-ended', subject: 'partner-key', subjectId: keyId },
    changes: { partner: { from: partnerId, to: partnerId } },
  })
  const ended = await deps.partnerKeys.end(partnerId, keyId, deps.now(), audit)
  if (ended === null) return refuse({ kind: 'NOT_FOUND', what: 'key' })
  noteChange(deps, 'partner-key-ended', { partnerId, keyId }, by)
  return ok(ended)
}
