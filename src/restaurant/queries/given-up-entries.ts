import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** How many entries of the agenda were given up and wait for people. */
export const givenUpEntries: QueryModule<'given-up-entries'> = (cx) =>
  cx.asker.role === 'SYSTEM'
    ? ok(cx.store.agenda.givenUp())
    : refuse({ kind: 'NOT_FOUND', what: 'agenda' })
