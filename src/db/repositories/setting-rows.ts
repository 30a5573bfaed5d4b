import { settingNamed, SETTINGS, type SettingValue } from '../../domain/settings/setting-rules.ts'
import type { SettingChange } from '../../domain/settings/setting-change.ts'
import type { settingChanges } from '../schema/administration.ts'

type Row = typeof settingChanges.$inferSelect

/** Null for a setting that this version of the code does not have. */
export function changeFrom(row: Row): SettingChange | null {
  const setting = settingNamed(row.name)
  if (setting === null) return null
  const { id, version, reason, state, proposedBy, proposedAt, expiresAt } = row
  const { decidedBy, decidedAt, decisionNote } = row
  return {
    ...{ id, setting, version, reason, state, proposedBy, proposedAt, expiresAt },
    ...{ decidedBy, decidedAt, decisionNote },
    before: JSON.parse(row.before) as SettingValue,
    after: JSON.parse(row.after) as SettingValue,
  }
}

/** The known ones of them. */
export const changesFrom = (rows: readonly Row[]): SettingChange[] =>
  rows.map(changeFrom).filter((change) => change !== null)

/** As the database keeps it. */
export const rowOf = ({ setting, before, after, ...rest }: SettingChange) => ({
  ...rest,
  name: SETTINGS[setting].key,
  before: JSON.stringify(before),
  after: JSON.stringify(after),
})
