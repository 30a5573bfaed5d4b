import type { SettingChangeState, SettingName } from './platform-settings.ts'
import type { SettingValue } from './setting-rules.ts'

/** A proposal to change a setting, and what came of it. */
export interface SettingChange {
  id: string
  setting: SettingName
  before: SettingValue
  after: SettingValue
  /** Of the setting when this was proposed; 0 = never changed before. */
  version: number
  reason: string
  state: SettingChangeState
  proposedBy: string
  proposedAt: number
  expiresAt: number
  decidedBy: string | null
  decidedAt: number | null
  decisionNote: string | null
}

/** As it is now: nobody decides a proposal whose time is over, also before that is written down. */
export function stateNow(
  { state, expiresAt }: Pick<SettingChange, 'state' | 'expiresAt'>,
  now: number,
): SettingChangeState {
  return state === 'PROPOSED' && expiresAt <= now ? 'EXPIRED' : state
}
