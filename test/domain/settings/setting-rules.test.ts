import { describe, expect, it } from 'vitest'
import {
  PLATFORM_DEFAULTS,
  SETTING_NAMES,
  type SettingName,
} from '../../../src/domain/settings/platform-settings.ts'
import {
  checkSetting,
  SETTING_KEYS,
  settingNamed,
  SETTINGS,
  settingsFrom,
} from '../../../src/domain/settings/setting-rules.ts'

const RESTAURANT = '3f2a9c11-7be0-8d4f-a1c2-5c1b7d2e9f40'

const TAKEN: readonly [SettingName, unknown, unknown][] = [
  ['defaultRestaurantId', null, null],
  ['defaultRestaurantId', RESTAURANT.toUpperCase(), RESTAURANT],
  ['timezone', 'Asia/Seoul', 'Asia/Seoul'],
  ['timezone', 'America/New_York', 'America/New_York'],
  ['refundWithoutApprovalUpTo', 0, 0],
  ['refundWithoutApprovalUpTo', 10_000_000, 10_000_000],
  ['refundMaxAgeDays', 1, 1],
  ['refundMaxAgeDays', 365, 365],
  ['unmasksPerHour', 0, 0],
  ['unmasksPerHour', 1_000, 1_000],
  ['changeLastsHours', 1, 1],
  ['changeLastsHours', 720, 720],
]

const REFUSED: readonly [SettingName, unknown, string][] = [
  ['defaultRestaurantId', '', 'invalid_format'],
  ['defaultRestaurantId', 'mine', 'invalid_format'],
  ['defaultRestaurantId', 7, 'invalid_type'],
  ['defaultRestaurantId', undefined, 'invalid_type'],
  ['timezone', null, 'invalid_type'],
  ['timezone', '+09:00', 'unknown_timezone'],
  ['timezone', 'Asia/Nowhere', 'unknown_timezone'],
  ['refundWithoutApprovalUpTo', -1, 'too_small'],
  ['refundWithoutApprovalUpTo', 10_000_001, 'too_big'],
  ['refundMaxAgeDays', 0, 'too_small'],
  ['refundMaxAgeDays', 366, 'too_big'],
  ['refundMaxAgeDays', 1.5, 'invalid_type'],
  ['refundMaxAgeDays', Number.NaN, 'invalid_type'],
  ['refundMaxAgeDays', '30', 'invalid_type'],
  ['refundMaxAgeDays', null, 'invalid_type'],
  ['refundMaxAgeDays', [30], 'invalid_type'],
  ['unmasksPerHour', true, 'invalid_type'],
  ['unmasksPerHour', 1_001, 'too_big'],
  ['changeLastsHours', 0, 'too_small'],
  ['changeLastsHours', 721, 'too_big'],
]

describe('what a setting may be', () => {
  it.each(TAKEN)('%s takes %j', (name, value, kept) => {
    expect(checkSetting(name, value)).toEqual({ ok: true, value: kept })
  })

  it.each(REFUSED)('%s refuses %j: %s', (name, value, reason) => {
    expect(checkSetting(name, value)).toEqual({ ok: false, refusal: reason })
  })

  it('holds for every default', () => {
    for (const name of SETTING_NAMES)
      expect(checkSetting(name, PLATFORM_DEFAULTS[name])).toEqual({
        ok: true,
        value: PLATFORM_DEFAULTS[name],
      })
  })

  it('is found by a key of its own', () => {
    expect(new Set(SETTING_KEYS).size).toBe(SETTING_NAMES.length)
    for (const name of SETTING_NAMES) expect(settingNamed(SETTINGS[name].key)).toBe(name)
    for (const key of ['', 'refundMaxAgeDays', 'REFUND_MAX_AGE_DAYS', 'constructor', '__proto__'])
      expect(settingNamed(key)).toBeNull()
  })
})

describe('reading what is stored', () => {
  it('is the defaults where nothing was ever changed', () => {
    expect(settingsFrom([])).toEqual({ settings: PLATFORM_DEFAULTS, unusable: [] })
  })

  it('takes what was changed and leaves the rest', () => {
    const stored = [
      { name: 'refund_max_age_days', value: '30' },
      { name: 'default_restaurant_id', value: JSON.stringify(RESTAURANT) },
    ]
    expect(settingsFrom(stored).settings).toEqual({
      ...PLATFORM_DEFAULTS,
      refundMaxAgeDays: 30,
      defaultRestaurantId: RESTAURANT,
    })
  })

  it.each(['366', '"30"', 'null', '{', ''])('keeps the default in the place of %j', (value) => {
    const read = settingsFrom([{ name: 'refund_max_age_days', value }])
    expect(read).toEqual({ settings: PLATFORM_DEFAULTS, unusable: ['refund_max_age_days'] })
  })

  it('passes over settings of another version', () => {
    const read = settingsFrom([{ name: 'of_tomorrow', value: '1' }])
    expect(read).toEqual({ settings: PLATFORM_DEFAULTS, unusable: [] })
  })
})
