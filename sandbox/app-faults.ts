import { z } from 'zod'

const count = z.int().min(0).max(10_000)

/** Faults on the app's side of the wall. What is left out stays as it was. */
export const appFaults = z.strictObject({
  /** The next so many messages to the queue are accepted and lost. */
  lose_queue_messages: count.optional(),
  /** The next so many messages are sent twice. */
  duplicate_queue_messages: count.optional(),
  /** A request's work is abandoned after this many awaited remote calls; null: no cut. */
  cut_after: count.nullable().optional(),
  /** How many requests are cut so (1 when left out), and only those whose path starts so. */
  cut_times: z.int().min(1).optional(),
  cut_path: z.string().startsWith('/').optional(),
  d1_down: z.boolean().optional(),
})

export type AppFaults = z.infer<typeof appFaults>
