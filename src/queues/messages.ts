import { z } from 'zod'
import { JOB_KINDS, type Job } from '../domain/jobs.ts'
import { isTraceId } from '../domain/trace.ts'

/** Bodies on the queue. `v` rises when a shape changes; both versions are read during a rollout. */
export type QueueMessage = { traceId?: string } & (
  | { v: 1; kind: 'job'; job: Job }
  | { v: 1; kind: 'rebuild'; rebuildId: string; restaurantId: string; afterId: string | null }
  /** There is something for this destination to send; who sends it finds out what. */
  | { v: 1; kind: 'deliver'; destinationId: string }
  /** Names what is to be written, never to whom or a secret: those are found when it is sent. */
  | {
      v: 1
      kind: 'mail'
      mail: 'password-reset'
      resetId: string
      origin: string
      locale: 'ko' | 'en'
    }
)

/** A section and an id or number; without a section as written before there were any. */
const CURSOR = /^(?:[a-z]+:)?(?:[0-9a-f-]{36}|\d{1,16})?$/

/** Whose message this is a part of; one that cannot be read is left out, the message counts. */
const traceId = z.string().refine(isTraceId).optional().catch(undefined)

const envelope = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    traceId,
    kind: z.literal('job'),
    /** Written by our own object a moment ago; the kind decides which handler reads the rest. */
    job: z.looseObject({
      kind: z.enum(JOB_KINDS),
      restaurantId: z.uuid(),
    }),
  }),
  z.object({
    v: z.literal(1),
    traceId,
    kind: z.literal('rebuild'),
    rebuildId: z.uuid(),
    restaurantId: z.uuid(),
    afterId: z.string().regex(CURSOR).nullable(),
  }),
  z.object({
    v: z.literal(1),
    traceId,
    kind: z.literal('deliver'),
    destinationId: z.string().min(1).max(100),
  }),
  z.object({
    v: z.literal(1),
    traceId,
    kind: z.literal('mail'),
    mail: z.literal('password-reset'),
    resetId: z.uuid(),
    origin: z.url(),
    locale: z.enum(['ko', 'en']),
  }),
])

/** The message, or null when it is not one of ours (it goes to the dead letters). */
export function parseQueueMessage(body: unknown): QueueMessage | null {
  const parsed = envelope.safeParse(body)
  return parsed.success ? (parsed.data as QueueMessage) : null
}
