/** What is watched over; each kind has one rule. */
export const ALERT_KINDS = [
  'http-5xx',
  'order-p95',
  'outbox-lag',
  'low-stock',
  'coupons-nearly-gone',
  'reconciliation-differences',
  'dead-agenda-entries',
  'nobody-listening',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

export const CHANNEL_KINDS = ['slack', 'discord', 'email'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

export const ALERT_STATES = ['OK', 'FIRING'] as const
export type AlertState = (typeof ALERT_STATES)[number]

/** What becomes of an alert. OFF: it fired, and its rule was switched off. */
export const CHANGE_NEWS = ['FIRING', 'OK', 'OFF'] as const
export type ChangeNews = (typeof CHANGE_NEWS)[number]
/** What people are told. REMINDER: it still fires. */
export const MESSAGE_NEWS = [...CHANGE_NEWS, 'REMINDER', 'TEST'] as const
export type MessageNews = (typeof MESSAGE_NEWS)[number]

/** When an alert begins and ends: its measure stays at `firesAt` or above, at `clearsAt` or below. */
export interface AlertRule {
  enabled: boolean
  /** In the kind's unit. */
  firesAt: number
  /** Below `firesAt`: in between nothing changes. */
  clearsAt: number
  /** How long either must hold. */
  holdSeconds: number
}

export type AlertUnit =
  | 'responses'
  | 'milliseconds'
  | 'seconds'
  | 'items'
  | 'coupons'
  | 'differences'
  | 'entries'
  | 'orders'

interface Watched {
  /** For the whole platform, or for each restaurant. */
  of: 'platform' | 'restaurant'
  unit: AlertUnit
  /** The highest threshold that makes sense. */
  most: number
  rule: AlertRule
}

const on = (firesAt: number, clearsAt: number, holdSeconds: number): AlertRule => ({
  ...{ enabled: true, firesAt, clearsAt, holdSeconds },
})

/** What each kind measures, and its rule until somebody sets another. */
export const WATCHED: Readonly<Record<AlertKind, Watched>> = {
  /** More than 10 in the last five minutes. */
  'http-5xx': { of: 'platform', unit: 'responses', most: 1_000_000, rule: on(11, 5, 0) },
  'order-p95': { of: 'platform', unit: 'milliseconds', most: 60_000, rule: on(2_000, 1_500, 0) },
  'outbox-lag': { of: 'platform', unit: 'seconds', most: 604_800, rule: on(300, 60, 0) },
  'low-stock': { of: 'restaurant', unit: 'items', most: 10_000, rule: on(1, 0, 300) },
  'coupons-nearly-gone': { of: 'restaurant', unit: 'coupons', most: 10_000, rule: on(1, 0, 60) },
  'reconciliation-differences': {
    ...{ of: 'platform', unit: 'differences', most: 1_000_000, rule: on(1, 0, 0) },
  },
  'dead-agenda-entries': { of: 'platform', unit: 'entries', most: 1_000_000, rule: on(1, 0, 0) },
  'nobody-listening': { of: 'restaurant', unit: 'orders', most: 10_000, rule: on(1, 0, 60) },
}

export const LONGEST_HOLD_SECONDS = 3_600

/** What the rates and times of requests are measured over. */
export const WINDOW_SECONDS = 300
/** Fewer orders than this within the window say nothing of how fast placing is. */
export const FEWEST_ORDERS = 20

/** A coupon is nearly gone at or under either, and not before half of it is. */
export const COUPON_LEFT_PERCENT = 10
export const COUPON_LEFT = 10

/** Alerts of one kind that are told apart by restaurant; those beyond are counted. */
export const MOST_RESTAURANTS = 50

/** The whole platform; of kinds that are told apart by restaurant: how many more there are. */
export const PLATFORM_SUBJECT = ''

/** How many more restaurants there are is no figure of the kind's: one is enough, none is an end. */
export const ruleOf = (kind: AlertKind, subjectId: string, rule: AlertRule): AlertRule =>
  WATCHED[kind].of === 'restaurant' && subjectId === PLATFORM_SUBJECT
    ? { ...rule, firesAt: 1, clearsAt: 0 }
    : rule
