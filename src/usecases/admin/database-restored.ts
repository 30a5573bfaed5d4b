import type { RebuildRun } from '../../db/repositories/ports.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'
import { commandId, type KeyedCommand } from './command-id.ts'
import { startRebuild } from './start-rebuild.ts'

/** In the order in which they should be done, though each may be done alone. */
const REBUILT = ['feed', 'all', 'wallets'] as const

/**
 * The platform's database stands as it was some time ago: log-ins from before now have ended (some
 * were ended since then, and the database has forgotten it), and what the restaurants know is
 * entered again: read models, the feed, what points paid.
 */
export async function databaseRestored(
  deps: Pick<Deps, 'restores' | 'rebuilds' | 'send' | 'now' | 'random' | 'log'>,
  { reason, by, command }: { reason: string; by: Acting; command: KeyedCommand | null },
): Promise<{ markedAt: number; rebuilds: readonly RebuildRun[] }> {
  const id = await commandId(deps, 'database-restored', command)
  const audit = auditOf(deps, by, {
    ...{ action: 'database-restored', subject: 'database', subjectId: id, reason },
  })
  const restore = { id, reason, askedBy: by.userId ?? '', markedAt: deps.now() }
  const markedAt = await deps.restores.markDatabase(restore, audit)
  deps.log({ level: 'warn', kind: 'database-restored', id, markedAt })
  const rebuilds: RebuildRun[] = []
  for (const projection of REBUILT)
    rebuilds.push(await startRebuild(deps, projection, { scope: id, key: projection }))
  return { markedAt, rebuilds }
}
