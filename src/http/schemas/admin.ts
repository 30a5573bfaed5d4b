import { z } from '@hono/zod-openapi'
import { PROJECTION_NAMES } from '../../domain/rebuilding.ts'
import type { DeadLetter, RebuildRun } from '../../usecases/admin/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'

const projection = z.enum(PROJECTION_NAMES)

export const projectionParams = z.object({ projection })

export const rebuildRun = z
  .object({
    id: idSchema,
    projection,
    state: z.enum(['RUNNING', 'DONE']),
    restaurants_total: z.int(),
    restaurants_done: z.int(),
    rows_written: z.int(),
    rows_swept: z.int().openapi({ description: 'Rows removed that no restaurant knew' }),
    started_at: timeSchema,
    finished_at: timeSchema.nullable(),
  })
  .openapi('RebuildRun')

export const rebuildRunJson = (run: RebuildRun) => ({
  id: run.id,
  projection: run.projection,
  state: run.state,
  restaurants_total: run.restaurantsTotal,
  restaurants_done: run.restaurantsDone,
  rows_written: run.rowsWritten,
  rows_swept: run.rowsSwept,
  started_at: isoTime(run.startedAt),
  finished_at: isoTime(run.finishedAt),
})

const letterFilter = {
  error_kind: z.enum(['MALFORMED', 'EXHAUSTED']).optional(),
  message_kind: z.string().min(1).max(64).optional().openapi({ example: 'publish' }),
  restaurant_id: idSchema.optional(),
}

export const deadLetterQuery = pageQuery.extend({
  ...letterFilter,
  redriven: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .openapi({ type: 'boolean', description: 'Whether it was sent again' }),
})

export const deadLetterRedrive = z
  .strictObject({ filter: z.strictObject(letterFilter) })
  .openapi('DeadLetterRedrive', { example: { filter: { message_kind: 'publish' } } })

interface SentLetterFilter {
  error_kind?: DeadLetter['errorKind'] | undefined
  message_kind?: string | undefined
  restaurant_id?: string | undefined
}

export const deadLetterFilterOf = (sent: SentLetterFilter) => ({
  errorKind: sent.error_kind ?? null,
  messageKind: sent.message_kind ?? null,
  restaurantId: sent.restaurant_id ?? null,
})

/** The message itself is not shown: it may hold what a guest wrote. */
export const deadLetter = z
  .object({
    id: idSchema,
    error_kind: z.enum(['MALFORMED', 'EXHAUSTED']),
    message_kind: z.string().nullable().openapi({ example: 'publish' }),
    restaurant_id: z.string().nullable(),
    first_seen_at: timeSchema,
    redriven_at: timeSchema.nullable(),
  })
  .openapi('DeadLetter')

interface Headed {
  kind?: unknown
  restaurantId?: unknown
  job?: { kind?: unknown; restaurantId?: unknown }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export function deadLetterJson(letter: DeadLetter) {
  const body = (letter.body ?? {}) as Headed
  const head = body.job ?? body
  return {
    id: letter.id,
    error_kind: letter.errorKind,
    message_kind: textOrNull(head.kind),
    restaurant_id: textOrNull(head.restaurantId),
    first_seen_at: isoTime(letter.firstSeenAt),
    redriven_at: isoTime(letter.redrivenAt),
  }
}
