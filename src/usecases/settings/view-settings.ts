import {
  PLATFORM_DEFAULTS,
  SETTING_NAMES,
  type SettingName,
} from '../../domain/settings/platform-settings.ts'
import type { SettingChange } from '../../domain/settings/setting-change.ts'
import { SETTINGS, settingsFrom, type SettingValue } from '../../domain/settings/setting-rules.ts'
import type { Deps } from '../deps.ts'

/** A setting as it is now, how it came to be so, and what is proposed for it. */
export interface ViewedSetting {
  setting: SettingName
  value: SettingValue
  /** 0 = never changed. */
  version: number
  changed: { id: string; at: number; proposedBy: string | null; approvedBy: string | null } | null
  open: SettingChange | null
}

/** Every setting, read from the database itself. */
export async function viewSettings(
  deps: Pick<Deps, 'settingChanges' | 'now'>,
): Promise<readonly ViewedSetting[]> {
  const stored = await deps.settingChanges.overview(deps.now())
  const { settings } = settingsFrom(stored.settings)
  return SETTING_NAMES.map((setting) => {
    const row = stored.settings.find(({ name }) => name === SETTINGS[setting].key)
    return {
      setting,
      value: settings[setting],
      version: row?.version ?? 0,
      changed: row
        ? {
            id: row.changeId,
            at: row.changedAt,
            proposedBy: row.proposedBy,
            approvedBy: row.decidedBy,
          }
        : null,
      open: stored.open.find((change) => change.setting === setting) ?? null,
    }
  })
}

export const defaultOf = (setting: SettingName): SettingValue => PLATFORM_DEFAULTS[setting]
