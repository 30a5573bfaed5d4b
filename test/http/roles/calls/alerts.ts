import type { Calls } from '../call.ts'

const rule = { kind: 'http-5xx', enabled: true, fires_at: 11, clears_at: 5, hold_seconds: 0 }

export const ALERT_CALLS: Calls = {
  listAlerts: {},
  listAlertRules: {},
  setAlertRules: { body: { rules: [rule] } },
  listAlertChannels: {},
  listAlertMessages: { of: 'alert channel' },
  addAlertChannel: { body: { kind: 'email', name: '운영팀', address: 'ops@example.com' } },
  changeAlertChannel: { of: 'alert channel', body: { enabled: false } },
  removeAlertChannel: { of: 'alert channel' },
  testAlertChannel: { of: 'alert channel' },
}
