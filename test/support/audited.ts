import type { administration } from './administration.ts'

export type World = Awaited<ReturnType<typeof administration>>
type MaybePromise<T> = T | Promise<T>

/** How an administrator's change is made, under `/api/v1/admin/`, and the action it is told as. */
export interface AuditedCase {
  /** Prepares what is to be changed, too. */
  path: (world: World) => MaybePromise<string>
  body?: (world: World, path: string) => MaybePromise<object>
  action: string
  /** What the same request under the same key does; `another` where it takes none. */
  again?: 'nothing' | 'another'
  /** The administrator's own log-in ends by it. */
  endsLogIn?: boolean
}

const CHANNELS = 'alerts/channels'
const CHANNEL = { kind: 'email', name: '운영팀', address: 'ops@example.com' }
const aChannel = async ({ admin }: World): Promise<string> =>
  `${CHANNELS}/${(await admin.call<{ id: string }>('POST', CHANNELS, CHANNEL)).body.id}`

/** By the operation's id. */
export const CHANGED_BY_OTHERS: Record<string, AuditedCase> = {
  setAlertRules: {
    path: () => 'alerts/rules',
    body: () => ({
      rules: [{ kind: 'low-stock', enabled: true, fires_at: 7, clears_at: 3, hold_seconds: 60 }],
    }),
    action: 'alert-rule-changed',
  },
  addAlertChannel: {
    path: () => CHANNELS,
    body: () => CHANNEL,
    action: 'alert-channel-added',
    again: 'another',
  },
  changeAlertChannel: {
    path: aChannel,
    body: () => ({ enabled: false }),
    action: 'alert-channel-changed',
  },
  removeAlertChannel: { path: aChannel, action: 'alert-channel-removed' },
  changeAccount: {
    path: async (world) => `users/${(await world.someone('CUSTOMER')).userId}`,
    body: () => ({ role: 'SUPPORT', reason: 'joins support' }),
    action: 'user-role-changed',
  },
  exportAccount: {
    path: async (world) => `users/${(await world.someone('CUSTOMER')).userId}/export`,
    body: () => ({ reason: 'asked for by themselves' }),
    action: 'user-exported',
    again: 'another',
  },
  eraseAccount: {
    path: async (world) => `users/${(await world.someone('CUSTOMER')).userId}/erase`,
    body: async ({ deps }, path) => {
      const account = await deps.people.byId(path.split('/')[1]!)
      return { reason: 'asked for by themselves', confirm: account!.email }
    },
    action: 'user-erased',
  },
  endAccountSessions: {
    path: async (world) => `users/${(await world.someone('CUSTOMER')).userId}/sessions`,
    action: 'user-logged-out',
  },
}

/** Changes whose line takes more than one person to make: the file that holds it. */
export const TOLD_ELSEWHERE: Record<string, string> = {
  proposeSettingChange: 'test/http/settings.test.ts',
  approveSettingChange: 'test/http/settings.test.ts',
  rejectSettingChange: 'test/http/settings.test.ts',
  changeAnyOrder: 'test/stories/admin-orders.test.ts',
}
