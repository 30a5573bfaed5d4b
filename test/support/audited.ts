import type { administration } from './administration.ts'

export type World = Awaited<ReturnType<typeof administration>>
type MaybePromise<T> = T | Promise<T>

/** How an administrator's change is made, under `/api/v1/admin/`, and the action it is told as. */
export interface AuditedCase {
  /** Prepares what is to be changed, too. */
  path: (world: World) => MaybePromise<string>
  body?: (world: World) => MaybePromise<object>
  action: string
  /** What the same request under the same key does; `another` where it takes none. */
  again?: 'nothing' | 'another'
  /** The administrator's own log-in ends by it. */
  endsLogIn?: boolean
}

/** Changes that are made and tested elsewhere, by the operation's id. */
export const CHANGED_BY_OTHERS: Record<string, AuditedCase> = {
  changeAccount: {
    path: async (world) => `users/${(await world.someone('CUSTOMER')).userId}`,
    body: () => ({ role: 'SUPPORT', reason: 'joins support' }),
    action: 'user-role-changed',
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
  changeAnyOrder: 'test/http/admin-orders.test.ts',
}
