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
