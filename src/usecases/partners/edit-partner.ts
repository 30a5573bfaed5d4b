import type { Partner } from '../../db/repositories/partner-ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { livePartner } from './live-partner.ts'
import { noteChange, type By } from './note-change.ts'

/** Another name, or another certificate that its calls must come with. */
export async function editPartner(
  deps: Pick<Deps, 'partners' | 'now' | 'random' | 'log'>,
  id: string,
  changes: { name?: string; certFingerprint?: string | null },
  by: By,
): Promise<Result<Partner, Refusal>> {
  const live = await livePartner(deps, id)
  if (!live.ok) return live
  const { name, certFingerprint } = live.value
  const audit = auditOf(deps, by, {
    action: 'partner-edited',
    subject: 'partner',
    subjectId: id,
    changes: {
      ...(changes.name !== undefined && { name: { from: name, to: changes.name } }),
      ...(changes.certFingerprint !== undefined && {
        certFingerprint: { from: certFingerprint, to: changes.certFingerprint },
      }),
    },
  })
  const edited = await deps.partners.edit(id, changes, audit)
  if (edited === null) return refuse({ kind: 'NOT_FOUND', what: 'partner' })
  noteChange(deps, 'partner-edited', { partnerId: id, fields: Object.keys(changes).join() }, by)
  return ok(edited)
}
