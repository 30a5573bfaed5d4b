import { ok } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'

/** A log-out has reached the restaurant; remembered for as long as tokens of the session may live. */
export const endSession: CommandModule<'end-session'> = {
  run(cx, { sessionId, forgetAfter }) {
    cx.store.sessions.end(sessionId, forgetAfter)
    return ok(null)
  },
}
