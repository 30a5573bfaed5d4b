import type { RebuildRun } from '../../db/repositories/ports.ts'
import type { Deps } from '../deps.ts'
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
  { reason, by, command }: { reason: string; by: string; command: KeyedCommand | null },
): Promise<{ markedAt: number; rebuilds: readonly RebuildRun[] }> {
  const id = await commandId(deps, 'database-restored', command)
  const markedAt = await deps.restores.markDatabase({
    id,
    reason,
    askedBy: by,
    markedAt: deps.now(),
  })
  deps.log({ level: 'warn', kind: 'database-restored', id, markedAt })
  const rebuilds: RebuildRun[] = []
  for (const projection of REBUILT)
    rebuilds.push(await startRebuild(deps, projection, { scope: id, key: projection }))
  return { markedAt, rebuilds }
}
