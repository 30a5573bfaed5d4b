import { z } from 'zod'
import type { Job } from '../domain/jobs.ts'

/** Bodies on the queue. `v` rises when a shape changes; both versions are read during a rollout. */
export type QueueMessage =
  | { v: 1; kind: 'job'; job: Job }
  | { v: 1; kind: 'rebuild'; rebuildId: string; restaurantId: string; afterId: string | null }

const envelope = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('job'),
    /** Written by our own object a moment ago; the kind decides which handler reads the rest. */
    job: z.looseObject({
      kind: z.enum(['publish', 'look-up', 'refund']),
      restaurantId: z.uuid(),
    }),
  }),
  z.object({
    v: z.literal(1),
    kind: z.literal('rebuild'),
    rebuildId: z.uuid(),
    restaurantId: z.uuid(),
    afterId: z.uuid().nullable(),
  }),
])

/** The message, or null when it is not one of ours (it goes to the dead letters). */
export function parseQueueMessage(body: unknown): QueueMessage | null {
  const parsed = envelope.safeParse(body)
  return parsed.success ? (parsed.data as QueueMessage) : null
}
