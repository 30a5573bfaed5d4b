import type { Call, Calls } from '../call.ts'

const REASON = { reason: 'of the tests' }
const whoProposed: Call['notFor'] = (who, { people }) => who === people.secondAdmin

/** One proposal a setting waits at a time. */
const PROPOSALS = [
  { name: 'refund_max_age_days', value: 60 },
  { name: 'change_lasts_hours', value: 48 },
]
let proposed = 0
const nextProposal = () => PROPOSALS[(proposed += 1) % PROPOSALS.length]

export const ADMINISTRATION_CALLS: Calls = {
  startRebuild: { path: { projection: 'orders' } },
  getRebuild: { of: 'rebuild' },
  rebuildSearchIndex: {},
  listDeadLetters: {},
  redriveDeadLetter: { of: 'dead letter' },
  redriveDeadLetters: { body: { filter: { message_kind: 'nothing' } } },
  beginEpoch: { of: 'restaurant', body: REASON },
  restoreRestaurant: {
    of: 'restaurant',
    body: { ...REASON, at: '2026-11-20T02:00:00Z' },
    // Longer ago than the restaurant has been there.
    admitted: 400,
  },
  // Without a reason: it would end every log-in here.
  databaseRestored: { body: {}, admitted: 400 },
  putExchangeRate: { body: { base: 'USD', quote: 'KRW', day: '2026-11-19', rate: '1385.5' } },
  listExchangeRates: {},
  listAuditEntries: {},
  listSettings: {},
  listSettingChanges: {},
  getSettingChange: { of: 'setting change' },
  proposeSettingChange: { body: () => ({ ...nextProposal(), ...REASON }) },
  approveSettingChange: { of: 'setting change', body: {}, notFor: whoProposed },
  rejectSettingChange: { of: 'setting change', body: {}, notFor: whoProposed },
  listAccounts: {},
  getAccount: { of: 'account' },
  changeAccount: { of: 'account', body: { role: 'SUPPORT', ...REASON } },
  endAccountSessions: { of: 'account' },
  exportAccount: { of: 'account', body: REASON },
  eraseAccount: { of: 'account', body: ({ email }) => ({ ...REASON, confirm: email }) },
  getErasure: { of: 'erased account' },
  listAllOrders: {},
  listAllRestaurants: {},
  getAnyOrder: { of: ["a guest's order", "a customer's order"] },
  changeAnyOrder: { of: "a guest's order", body: { action: 'cancel', ...REASON } },
  getCoreMetrics: {},
  getPlatformStatistics: {},
}
