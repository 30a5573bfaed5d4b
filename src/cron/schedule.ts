/** Expression (UTC) → jobs, as data; wrangler.toml's triggers hold the same expressions. */
export const SCHEDULE = {
  '* * * * *': ['deliver-due', 'sum-hours', 'evaluate-alerts', 'send-alerts'],
  '*/5 * * * *': [
    'finish-unfinished-restaurants',
    'push-pending-revocations',
    'push-membership-changes',
    'nudge-projections',
    'look-into-agendas',
    'resume-rebuilds',
    'finish-epochs',
    'finish-erasures',
    'settle-wallets',
    'settle-coupon-codes',
    'finish-checkouts',
    'settle-refund-requests',
    'sweep-feed',
    'reconcile',
  ],
  '41 * * * *': ['reconcile-changes', 'expire-setting-changes'],
  /** 03:17 in Korea, when kitchens are closed. */
  '17 18 * * *': [
    'sweep-sessions',
    'sweep-carts',
    'sweep-dead-letters',
    'sweep-reconciliations',
    'sweep-deliveries',
    'sweep-support-activity',
    'sweep-alerts',
    'reconcile-everything',
  ],
} as const

export type CronExpression = keyof typeof SCHEDULE
export type CronJobName = (typeof SCHEDULE)[CronExpression][number]

export const isScheduled = (cron: string): cron is CronExpression => Object.hasOwn(SCHEDULE, cron)
