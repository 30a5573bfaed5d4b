import type { administration } from './administration.ts'

type World = Awaited<ReturnType<typeof administration>>
type MaybePromise<T> = T | Promise<T>

/** How an administrator's change is made, under `/api/v1/admin/`, and the action it is told as. */
export interface AuditedCase<W = World> {
  /** Prepares what is to be changed, too. */
  path: (world: W) => MaybePromise<string>
  body?: object | ((world: W) => MaybePromise<object>)
  action: string
  /** What the same request under the same key does; `another` where it takes none. */
  again?: 'nothing' | 'another'
  /** The administrator's own log-in ends by it. */
  endsLogIn?: boolean
}

/** Changes that are made and tested elsewhere, by the operation's id. */
export const CHANGED_BY_OTHERS: Record<string, AuditedCase> = {}

/** Changes whose line takes more than one person to make: the file that holds it. */
export const TOLD_ELSEWHERE: Record<string, string> = {
  proposeSettingChange: 'test/http/settings.test.ts',
  approveSettingChange: 'test/http/settings.test.ts',
  rejectSettingChange: 'test/http/settings.test.ts',
}
