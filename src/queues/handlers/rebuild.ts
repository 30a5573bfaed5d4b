import { rebuildPage, type RebuildDeps } from '../../usecases/admin/rebuild-page.ts'
import type { QueueMessage } from '../messages.ts'

export const handleRebuild = (
  deps: RebuildDeps,
  { rebuildId, restaurantId, afterId }: Extract<QueueMessage, { kind: 'rebuild' }>,
): Promise<void> => rebuildPage(deps, { rebuildId, restaurantId, afterId })
