import { z } from '@hono/zod-openapi'
import type { EpochBegun } from '../../usecases/admin/begin-epoch.ts'
import type { RebuildRun } from '../../usecases/admin/types.ts'
import { rebuildRun, rebuildRunJson } from './admin.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

export const restoreReason = z
  .object({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .openapi({ example: 'restored to 11:55, before the faulty import' }),
  })
  .openapi('RestoreReason')

export const restoreWish = restoreReason
  .extend({ at: z.iso.datetime({ offset: true }).openapi({ example: '2026-11-20T02:55:00Z' }) })
  .openapi('RestoreWish')

export const epochBegun = z
  .object({
    restaurant_id: idSchema,
    epoch: z.int().openapi({ example: 2 }),
    rebuilds: z.array(rebuildRun),
  })
  .openapi('EpochBegun')

export const epochBegunJson = ({ restaurantId, epoch, rebuilds }: EpochBegun) => ({
  restaurant_id: restaurantId,
  epoch,
  rebuilds: rebuilds.map(rebuildRunJson),
})

export const databaseRestored = z
  .object({
    log_ins_ended_before: timeSchema,
    rebuilds: z.array(rebuildRun),
  })
  .openapi('DatabaseRestored')

export const databaseRestoredJson = (restored: {
  markedAt: number
  rebuilds: readonly RebuildRun[]
}) => ({
  log_ins_ended_before: isoTime(restored.markedAt),
  rebuilds: restored.rebuilds.map(rebuildRunJson),
})
