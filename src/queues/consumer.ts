import { errorText } from '../domain/error-text.ts'
import { ordersOf } from '../domain/order/order-of.ts'
import { newTraceId, oneTraceOf } from '../domain/trace.ts'
import { StorageUnavailableError } from '../domain/unavailable.ts'
import type { Deps } from '../usecases/deps.ts'
import { delaySeconds } from './backoff.ts'
import { handleDeliver } from './handlers/deliver.ts'
import { handleDeadLetter } from './handlers/dead-letter.ts'
import { handleCapture } from './handlers/capture.ts'
import { handleLookUp } from './handlers/look-up.ts'
import { handleNotify } from './handlers/notify.ts'
import { handleMail } from './handlers/mail.ts'
import { handlePublish, type PublishJob } from './handlers/publish.ts'
import { handleRebuild } from './handlers/rebuild.ts'
import { handleRefund } from './handlers/refund.ts'
import { handleRegister } from './handlers/register.ts'
import { handleTellRefund } from './handlers/tell-refund.ts'
import { handleVoid } from './handlers/void.ts'
import { parseQueueMessage, type QueueMessage } from './messages.ts'
import { turnsOfFailing } from './turns-of-failing.ts'

/** Every environment names its queue of dead letters so (wrangler.toml). */
const DEAD_LETTERS = /-jobs-dead$/

/** Whose it is, for the lines; of messages about several orders none. */
interface About {
  traceId?: string | undefined
  restaurantId?: string
  orderId?: string | null
}

/** Messages that succeed or wait together. */
interface Unit {
  what: string
  messages: readonly Message[]
  about: About
  work(deps: Deps): Promise<void>
  /** The same work message by message, where one of several may be at fault. */
  apart?(): readonly Unit[]
}

/**
 * Takes a batch of either queue. Every message is settled on its own: done ones are acknowledged,
 * the others wait and come back, and in the end go to the dead letters.
 */
export async function consume(deps: Deps, batch: MessageBatch): Promise<void> {
  const units = DEAD_LETTERS.test(batch.queue)
    ? deadLetterUnits(batch.messages)
    : jobUnits(deps, batch.messages)
  await Promise.all(units.map((unit) => settle(deps, unit)))
}

const deadLetterUnits = (messages: readonly Message[]): Unit[] =>
  messages.map((message) => ({
    what: 'dead-letter',
    messages: [message],
    about: aboutOf(parseQueueMessage(message.body)),
    work: (deps) => handleDeadLetter(deps, message),
  }))

/** What a job holds its handler finds out; one that cannot be read fails there, and by itself. */
function aboutOf(body: QueueMessage | null): About {
  try {
    return namesIn(body)
  } catch {
    return {}
  }
}

function namesIn(body: QueueMessage | null): About {
  if (body === null) return {}
  const { traceId } = body
  if (body.kind === 'rebuild') return { traceId, restaurantId: body.restaurantId }
  if (body.kind !== 'job') return { traceId }
  const { job } = body
  const orders = new Set(ordersOf(job))
  const [orderId = null] = orders.size === 1 ? orders : []
  const traced = oneTraceOf(job.kind === 'publish' ? job.events : [job])
  return { traceId: traced ?? undefined, restaurantId: job.restaurantId, orderId }
}

/** Of what is alike; what is not has no line of its own. */
function together(restaurantId: string, all: readonly About[]): About {
  const orders = new Set(all.map(({ orderId }) => orderId))
  const [orderId = null] = orders.size === 1 ? orders : []
  return { traceId: oneTraceOf(all) ?? undefined, restaurantId, orderId }
}

interface PublishLetter {
  message: Message
  job: PublishJob
}

/** Events of one restaurant are published together; everything else stands alone. */
function jobUnits(deps: Deps, messages: readonly Message[]): Unit[] {
  const units: Unit[] = []
  const publishing = new Map<string, PublishLetter[]>()
  const letters = messages.map((message) => ({ message, body: parseQueueMessage(message.body) }))
  const turn = turnsOfFailing(
    deps,
    letters.flatMap(({ body }) => (body?.kind === 'deliver' ? [body.destinationId] : [])),
  )
  for (const { message, body } of letters) {
    if (body?.kind === 'deliver') {
      const work = (own: Deps) => turn(body.destinationId, () => handleDeliver(own, body))
      units.push({ what: 'deliver', work, messages: [message], about: aboutOf(body) })
      continue
    }
    if (body?.kind !== 'job' || body.job.kind !== 'publish') {
      units.push({ ...workOf(body), messages: [message], about: aboutOf(body) })
      continue
    }
    const { job } = body
    publishing.set(job.restaurantId, [
      ...(publishing.get(job.restaurantId) ?? []),
      { message, job },
    ])
  }
  for (const [restaurantId, together] of publishing) units.push(publishUnit(restaurantId, together))
  return units
}

function publishUnit(restaurantId: string, letters: readonly PublishLetter[]): Unit {
  const jobs = letters.map(({ job }) => job)
  return {
    what: 'publish',
    messages: letters.map(({ message }) => message),
    about: together(
      restaurantId,
      letters.map(({ job }) => aboutOf({ v: 1, kind: 'job', job })),
    ),
    work: (deps) => handlePublish(deps, restaurantId, jobs),
    ...(letters.length > 1 && {
      apart: () => letters.map((letter) => publishUnit(restaurantId, [letter])),
    }),
  }
}

function workOf(
  body: Exclude<QueueMessage, { kind: 'deliver' }> | null,
): Pick<Unit, 'what' | 'work'> {
  // Perhaps a newer version's, during a rollout; if not, it ends in the dead letters, where it is seen.
  if (body === null)
    return {
      what: 'malformed',
      work: () => Promise.reject(new Error('not a message that this version knows')),
    }
  if (body.kind === 'rebuild') return { what: 'rebuild', work: (deps) => handleRebuild(deps, body) }
  if (body.kind === 'mail') return { what: 'mail', work: (deps) => handleMail(deps, body) }
  const { job } = body
  switch (job.kind) {
    case 'publish':
      return { what: job.kind, work: (deps) => handlePublish(deps, job.restaurantId, [job]) }
    case 'register':
      return { what: job.kind, work: (deps) => handleRegister(deps, job) }
    case 'capture':
      return { what: job.kind, work: (deps) => handleCapture(deps, job) }
    case 'look-up':
      return { what: job.kind, work: (deps) => handleLookUp(deps, job) }
    case 'void':
      return { what: job.kind, work: (deps) => handleVoid(deps, job) }
    case 'refund':
      return { what: job.kind, work: (deps) => handleRefund(deps, job) }
    case 'tell-refund':
      return { what: job.kind, work: (deps) => handleTellRefund(deps, job) }
    case 'notify':
      return { what: job.kind, work: (deps) => handleNotify(deps, job) }
  }
}

async function settle(deps: Deps, unit: Unit): Promise<void> {
  const { what, messages, about } = unit
  const { traceId = newTraceId(deps.random), ...named } = about
  const own = deps.inTrace(traceId)
  const startedAt = deps.now()
  try {
    await unit.work(own)
  } catch (error) {
    if (unit.apart !== undefined && !(error instanceof StorageUnavailableError))
      await Promise.all(unit.apart().map((one) => settle(deps, one)))
    else for (const message of messages) postpone(own, unit, message, error)
    return
  }
  for (const message of messages) message.ack()
  deps.metrics.count('queue_messages_total', { what, outcome: 'done' }, messages.length)
  own.log({
    level: 'info',
    kind: 'queue-done',
    what,
    messages: messages.length,
    ...named,
    orderId: named.orderId ?? own.about.orderId,
    durationMs: deps.now() - startedAt,
  })
}

function postpone(deps: Deps, { what, about }: Unit, message: Message, error: unknown): void {
  const delay = delaySeconds(message.attempts, deps.random)
  message.retry({ delaySeconds: delay })
  deps.metrics.count('queue_messages_total', { what, outcome: 'failed' })
  deps.log({
    level: 'error',
    kind: 'queue-failed',
    what,
    restaurantId: about.restaurantId,
    orderId: about.orderId,
    messageId: message.id,
    attempt: message.attempts,
    delaySeconds: delay,
    error: errorText(error),
  })
}
