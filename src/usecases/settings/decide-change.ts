import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { stateNow, type SettingChange } from '../../domain/settings/setting-change.ts'
import { SETTINGS } from '../../domain/settings/setting-rules.ts'
import { auditOf, type Acting, type Audited } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { viewSettings } from './view-settings.ts'

export interface DecisionWish {
  id: string
  state: 'APPROVED' | 'REJECTED'
  note: string | null
  by: Acting & { userId: string }
}

type DecidingDeps = Pick<Deps, 'settingChanges' | 'platformSettings' | 'now' | 'random' | 'log'>
type Decided = Result<SettingChange, Refusal> & { replayed?: boolean }

/**
 * A second person decides a proposal; an approved one counts at once, elsewhere within half a minute.
 * Deciding it the same way again says how it stands.
 */
export async function decideChange(deps: DecidingDeps, wish: DecisionWish): Promise<Decided> {
  const change = await deps.settingChanges.byId(wish.id)
  if (change === null) return refuse({ kind: 'NOT_FOUND', what: 'setting-change' })
  const { userId: by } = wish.by
  // Asked of the account, whatever it is called or may do by now.
  if (change.proposedBy === by) return refuse({ kind: 'SAME_PERSON' })
  if (isTheirs(change, wish)) return { ...ok(change), replayed: true }
  const decision = { state: wish.state, by, at: deps.now(), note: wish.note }
  const decided = await deps.settingChanges.decide(
    wish.id,
    decision,
    auditOf(deps, wish.by, auditedOf(change, wish)),
  )
  if (decided === null || !isTheirs(decided, wish)) return whyNot(deps, wish, decided ?? change)
  deps.platformSettings.forget()
  const { id, state } = decided
  deps.log({ level: 'info', kind: 'setting-change-decided', id, state, userId: by })
  return ok(decided)
}

const isTheirs = (change: SettingChange, { state, by }: DecisionWish): boolean =>
  change.state === state && change.decidedBy === by.userId

/** An approval changes the setting itself: its history is found by its name. */
function auditedOf(change: SettingChange, { state, note }: DecisionWish): Audited {
  const { key } = SETTINGS[change.setting]
  return state === 'APPROVED'
    ? {
        action: 'setting-changed',
        subject: 'setting',
        subjectId: key,
        reason: note,
        changes: {
          value: { from: change.before, to: change.after },
          version: { from: change.version, to: change.version + 1 },
          change: { from: null, to: change.id },
        },
      }
    : {
        action: 'setting-change-rejected',
        subject: 'setting-change',
        subjectId: change.id,
        reason: note,
        changes: { state: { from: 'PROPOSED', to: 'REJECTED' } },
      }
}

async function whyNot(
  deps: DecidingDeps,
  { by }: DecisionWish,
  change: SettingChange,
): Promise<Decided> {
  const state = stateNow(change, deps.now())
  if (state !== 'PROPOSED') return refuse({ kind: 'SETTING_CHANGE_STATE', state })
  if (!(await deps.settingChanges.isAdministrator(by.userId)))
    return refuse({ kind: 'FORBIDDEN', permission: 'settings:decide' })
  const standing = (await viewSettings(deps)).find(({ setting }) => setting === change.setting)
  return refuse({ kind: 'VERSION', current: { version: standing?.version ?? 0 } })
}
