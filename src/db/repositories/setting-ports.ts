import type { AuditEntry } from '../../domain/audit.ts'
import type { SettingChangeState, SettingName } from '../../domain/settings/platform-settings.ts'
import type { SettingChange } from '../../domain/settings/setting-change.ts'
import type { StoredValue } from '../../domain/settings/setting-rules.ts'

/** A setting that differs from what the code has, and whose proposal made it so. */
export interface StoredSetting extends StoredValue {
  version: number
  changeId: string
  changedAt: number
}

export interface SettingOverview extends StoredSetting {
  proposedBy: string | null
  decidedBy: string | null
}

/** Null = whatever it is. Times in ms. */
export interface SettingChangeFilter {
  setting: SettingName | null
  /** As it is at `now`. */
  state: SettingChangeState | null
  proposedBy: string | null
  decidedBy: string | null
  /** Proposed not before, and before. */
  from: number | null
  to: number | null
}

export interface Decision {
  state: 'APPROVED' | 'REJECTED'
  by: string
  at: number
  note: string | null
}

/** The platform's settings and the proposals to change them. Each write has its line of the audit trail. */
export interface SettingRepository {
  /** Every setting that was ever changed; within a second, or the database counts as down. */
  stored(): Promise<readonly StoredSetting[]>
  /** The same, with who proposed and who approved, and the proposals that are open at `now`. */
  overview(
    now: number,
  ): Promise<{ settings: readonly SettingOverview[]; open: readonly SettingChange[] }>
  byId(id: string): Promise<SettingChange | null>
  /** What this person has proposed under the key. */
  byKey(
    proposedBy: string,
    key: string,
  ): Promise<{ change: SettingChange; fingerprint: string } | null>
  /** Newest first. */
  page(
    filter: SettingChangeFilter,
    page: { limit: number; beforeId: string | null; now: number },
  ): Promise<readonly SettingChange[]>
  /**
   * False where another is open for the setting, its version is another one, the key was used, or
   * whoever proposes is no administrator.
   */
  propose(
    change: SettingChange,
    key: { idempotencyKey: string | null; fingerprint: string },
    audit: AuditEntry,
  ): Promise<boolean>
  /**
   * Decides a proposal that is still open, if an administrator other than who proposed it does; an
   * approved one is the setting's value from then on. Gives the change as it stands afterwards.
   */
  decide(id: string, decision: Decision, audit: AuditEntry): Promise<SettingChange | null>
  /** Writes down that nobody decided it in time. */
  expire(id: string, at: number, audit: AuditEntry): Promise<void>
  /** Those whose time is over and that still count as open. */
  overdue(now: number, limit: number): Promise<readonly SettingChange[]>
  /** Whether the account is an administrator's now. */
  isAdministrator(userId: string): Promise<boolean>
}
