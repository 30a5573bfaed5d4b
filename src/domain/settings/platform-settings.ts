/** Settings of the platform that people change while it runs, and what each is until somebody has. */
export interface PlatformSettings {
  /** The restaurant that the paths under `/api/…/` without one mean; null = none. */
  defaultRestaurantId: string | null
  /** By whose clocks the platform's own days begin and end: its statistics. */
  timezone: string
  /** Refunds that support asks for, up to this sum in won, need no second person. */
  refundWithoutApprovalUpTo: number
  /** No refund is asked for through support once an order is older. */
  refundMaxAgeDays: number
  /** How often one person of support may have a customer's data unmasked within an hour. */
  unmasksPerHour: number
  /** How long a change of a setting waits for a second person. */
  changeLastsHours: number
}

export const PLATFORM_DEFAULTS: PlatformSettings = {
  defaultRestaurantId: null,
  timezone: 'Asia/Seoul',
  refundWithoutApprovalUpTo: 30_000,
  refundMaxAgeDays: 90,
  unmasksPerHour: 20,
  changeLastsHours: 72,
}

export type SettingName = keyof PlatformSettings
export const SETTING_NAMES = Object.keys(PLATFORM_DEFAULTS) as readonly SettingName[]

export const SETTING_CHANGE_STATES = ['PROPOSED', 'APPROVED', 'REJECTED', 'EXPIRED'] as const
export type SettingChangeState = (typeof SETTING_CHANGE_STATES)[number]
