import type { platformSettings } from '../schema/administration.ts'

/** A setting that differs from what the code has. `name` is its key, `value` JSON. */
export type StoredSetting = typeof platformSettings.$inferSelect

export interface SettingRepository {
  /** Every setting that was ever changed; within a second, or the database counts as down. */
  stored(): Promise<readonly StoredSetting[]>
}
