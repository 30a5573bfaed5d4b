import type { SettingChange } from '../../domain/settings/setting-change.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'

type ExpiringDeps = Pick<Deps, 'settingChanges' | 'now' | 'random'>

const AT_A_TIME = 100

/** Nobody decided it in time. */
export async function expireChange(deps: ExpiringDeps, { id }: SettingChange): Promise<void> {
  const audit = auditOf(deps, 'SYSTEM', {
    action: 'setting-change-expired',
    subject: 'setting-change',
    subjectId: id,
    changes: { state: { from: 'PROPOSED', to: 'EXPIRED' } },
  })
  await deps.settingChanges.expire(id, deps.now(), audit)
}

/** Writes down which proposals nobody decided in time. */
export async function expireChanges(deps: ExpiringDeps): Promise<{ expired: number }> {
  const overdue = await deps.settingChanges.overdue(deps.now(), AT_A_TIME)
  for (const change of overdue) await expireChange(deps, change)
  return { expired: overdue.length }
}
