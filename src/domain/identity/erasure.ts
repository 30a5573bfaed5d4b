/** What has to be settled before a person can be erased. */
export const ERASURE_BLOCKERS = [
  'OPEN_ORDERS',
  'REFUND_DUE',
  'REFUND_REQUESTED',
  'POINTS_LEFT',
  'POINTS_ON_THE_WAY',
  'LAST_OWNER',
  'LAST_ADMIN',
] as const
export type ErasureBlocker = (typeof ERASURE_BLOCKERS)[number]
