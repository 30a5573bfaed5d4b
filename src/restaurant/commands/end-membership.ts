import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'

/** A dismissal or change of role has reached the restaurant; remembered while older tokens may live. */
export const endMembership: CommandModule<'end-membership'> = {
  run(cx, { userId, version, forgetAfter }) {
    cx.store.sessions.endMembership(userId, version, forgetAfter)
    return ok(null)
  },
}
