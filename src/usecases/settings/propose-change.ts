import { SYSTEM } from '../../domain/actor.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { SettingName } from '../../domain/settings/platform-settings.ts'
import { stateNow, type SettingChange } from '../../domain/settings/setting-change.ts'
import { checkSetting, SETTINGS, type SettingValue } from '../../domain/settings/setting-rules.ts'
import { auditOf, type Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { expireChange } from './expire-changes.ts'
import { viewSettings, type ViewedSetting } from './view-settings.ts'

export interface ProposalWish {
  setting: SettingName
  /** As it was sent. */
  value: unknown
  reason: string
  /** The version that whoever proposes has seen; null = whatever stands. */
  version: number | null
  by: Acting & { userId: string }
  idempotency: { key: string; fingerprint: string } | null
}

type ProposingDeps = Pick<
  Deps,
  'settingChanges' | 'platformSettings' | 'restaurants' | 'now' | 'random' | 'log'
>
type Proposed = Result<SettingChange, Refusal> & { replayed?: boolean }

const HOUR_MS = 3_600_000

/** Proposes another value for a setting; a second person decides. The same key again is told of the first. */
export async function proposeChange(deps: ProposingDeps, wish: ProposalWish): Promise<Proposed> {
  const seen = await seenBefore(deps, wish)
  if (seen !== null) return seen
  const views = await viewSettings(deps)
  const standing = views.find(({ setting }) => setting === wish.setting)
  if (standing === undefined) throw new Error(`no setting ${wish.setting}`)
  const checked = await check(deps, wish, standing)
  if (!checked.ok) return checked
  if (standing.open !== null)
    return refuse({ kind: 'SETTING_CHANGE_OPEN', changeId: standing.open.id })
  await expireOverdue(deps, wish.setting)
  const change = newChange(deps, wish, standing, checked.value, await hoursToLast(deps))
  const key = {
    idempotencyKey: wish.idempotency?.key ?? null,
    fingerprint: wish.idempotency?.fingerprint ?? '',
  }
  const audit = auditOf(deps, wish.by, {
    action: 'setting-change-proposed',
    subject: 'setting-change',
    subjectId: change.id,
    reason: change.reason,
    changes: { [SETTINGS[change.setting].key]: { from: change.before, to: change.after } },
  })
  if (!(await deps.settingChanges.propose(change, key, audit))) return whyNot(deps, wish)
  const { userId } = wish.by
  deps.log({ level: 'info', kind: 'setting-change-proposed', id: change.id, userId })
  return ok(change)
}

async function seenBefore(
  { settingChanges }: Pick<Deps, 'settingChanges'>,
  { by, idempotency }: ProposalWish,
): Promise<Proposed | null> {
  if (idempotency === null) return null
  const seen = await settingChanges.byKey(by.userId, idempotency.key)
  if (seen === null) return null
  return seen.fingerprint === idempotency.fingerprint
    ? { ...ok(seen.change), replayed: true }
    : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
}

async function check(
  deps: Pick<Deps, 'restaurants'>,
  wish: ProposalWish,
  standing: ViewedSetting,
): Promise<Result<SettingValue, Refusal>> {
  if (wish.version !== null && wish.version !== standing.version)
    return refuse({ kind: 'VERSION', current: { version: standing.version } })
  const checked = checkSetting(wish.setting, wish.value)
  if (!checked.ok) return invalid(checked.refusal)
  if (checked.value === standing.value) return invalid('unchanged')
  const isRestaurant = SETTINGS[wish.setting].rule.type === 'restaurant'
  return isRestaurant && typeof checked.value === 'string' && !(await exists(deps, checked.value))
    ? invalid('unknown_restaurant')
    : checked
}

const invalid = (reason: string): { ok: false; refusal: Refusal } =>
  refuse({ kind: 'INVALID', errors: [{ field: 'value', reason }] })

async function exists({ restaurants }: Pick<Deps, 'restaurants'>, id: string): Promise<boolean> {
  const found = await restaurants(id).query<'restaurant'>({
    query: { type: 'restaurant' },
    asker: SYSTEM,
  })
  return found.ok && found.value.id === id
}

/** One whose time is over stands in nobody's way, also where the cron has not come by yet. */
async function expireOverdue(deps: ProposingDeps, setting: SettingName): Promise<void> {
  const overdue = await deps.settingChanges.overdue(deps.now(), 100)
  for (const change of overdue) if (change.setting === setting) await expireChange(deps, change)
}

const hoursToLast = async ({ platformSettings }: ProposingDeps): Promise<number> =>
  (await platformSettings.read()).changeLastsHours

function newChange(
  { now, random }: ProposingDeps,
  { setting, reason, by }: ProposalWish,
  { value: before, version }: ViewedSetting,
  after: SettingValue,
  hours: number,
): SettingChange {
  const proposedAt = now()
  return {
    id: mintTimedId(PLATFORM_KEY, proposedAt, random),
    ...{ setting, before, after, version, reason, proposedAt },
    state: 'PROPOSED',
    proposedBy: by.userId,
    expiresAt: proposedAt + hours * HOUR_MS,
    ...{ decidedBy: null, decidedAt: null, decisionNote: null },
  }
}

/** Somebody else was quicker, or whoever proposes is no administrator any more. */
async function whyNot(deps: ProposingDeps, wish: ProposalWish): Promise<Proposed> {
  const seen = await seenBefore(deps, wish)
  if (seen !== null) return seen
  if (!(await deps.settingChanges.isAdministrator(wish.by.userId)))
    return refuse({ kind: 'FORBIDDEN', permission: 'settings:propose' })
  const standing = (await viewSettings(deps)).find(({ setting }) => setting === wish.setting)
  if (standing?.open && stateNow(standing.open, deps.now()) === 'PROPOSED')
    return refuse({ kind: 'SETTING_CHANGE_OPEN', changeId: standing.open.id })
  return refuse({ kind: 'VERSION', current: { version: standing?.version ?? 0 } })
}
