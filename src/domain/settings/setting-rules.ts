import { parseId } from '../ids.ts'
import { isTimezone } from '../local-time.ts'
import { ok, refuse, type Result } from '../result.ts'
import {
  PLATFORM_DEFAULTS,
  SETTING_NAMES,
  type PlatformSettings,
  type SettingName,
} from './platform-settings.ts'

/** What a setting may be: JSON's plain values. */
export type SettingValue = string | number | null

/** What a value must be; numbers whole, their bounds inclusive. */
export type SettingRule =
  | { type: 'integer'; unit: 'KRW' | 'days' | 'hours' | 'per-hour'; least: number; most: number }
  | { type: 'restaurant' }
  | { type: 'timezone' }

interface Described {
  /** As the API and the database spell it; what was once written under it stays readable. */
  key: string
  rule: SettingRule
}

const whole = (
  unit: Extract<SettingRule, { type: 'integer' }>['unit'],
  least: number,
  most: number,
): SettingRule => ({ type: 'integer', unit, least, most })

/** Every setting there is; one without a rule does not compile. */
export const SETTINGS: Record<SettingName, Described> = {
  defaultRestaurantId: { key: 'default_restaurant_id', rule: { type: 'restaurant' } },
  timezone: { key: 'timezone', rule: { type: 'timezone' } },
  refundWithoutApprovalUpTo: {
    key: 'refund_without_approval_up_to',
    rule: whole('KRW', 0, 10_000_000),
  },
  refundMaxAgeDays: { key: 'refund_max_age_days', rule: whole('days', 1, 365) },
  unmasksPerHour: { key: 'unmasks_per_hour', rule: whole('per-hour', 0, 1_000) },
  changeLastsHours: { key: 'change_lasts_hours', rule: whole('hours', 1, 720) },
}

export const SETTING_KEYS = SETTING_NAMES.map((name) => SETTINGS[name].key)

/** The setting of that key, or null where there is none. */
export const settingNamed = (key: string): SettingName | null =>
  SETTING_NAMES.find((name) => SETTINGS[name].key === key) ?? null

/** The value as it is kept, or what is wrong with it. */
export function checkSetting(name: SettingName, value: unknown): Result<SettingValue, string> {
  const { rule } = SETTINGS[name]
  switch (rule.type) {
    case 'integer': {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return refuse('invalid_type')
      if (value < rule.least) return refuse('too_small')
      return value > rule.most ? refuse('too_big') : ok(value)
    }
    case 'restaurant': {
      if (value === null) return ok(null)
      if (typeof value !== 'string') return refuse('invalid_type')
      const id = parseId(value)
      return id === null ? refuse('invalid_format') : ok(id)
    }
    case 'timezone':
      if (typeof value !== 'string') return refuse('invalid_type')
      // Engines also take bare offsets such as +09:00, which know no daylight saving.
      return /^[A-Za-z]/.test(value) && isTimezone(value) ? ok(value) : refuse('unknown_timezone')
  }
}

export interface StoredValue {
  /** The setting's key. */
  name: string
  /** JSON. */
  value: string
}

export interface ReadSettings {
  settings: PlatformSettings
  /** Keys whose stored value cannot be used (a bound was narrowed since): the default stands. */
  unusable: readonly string[]
}

/** All settings, from what is stored of them. Keys of another version of the code are passed over. */
export function settingsFrom(stored: readonly StoredValue[]): ReadSettings {
  const unusable: string[] = []
  const changed = stored.flatMap(({ name: key, value }) => {
    const name = settingNamed(key)
    if (name === null) return []
    const checked = checkSetting(name, parse(value))
    if (checked.ok) return [[name, checked.value] as const]
    unusable.push(key)
    return []
  })
  return {
    settings: {
      ...PLATFORM_DEFAULTS,
      ...(Object.fromEntries(changed) as Partial<PlatformSettings>),
    },
    unusable,
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
