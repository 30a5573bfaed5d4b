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

/** Messages that succeed or wait together. */
interface Unit {
  what: string
  messages: readonly Message[]
  work(): Promise<void>
  /** The same work message by message, where one of several may be at fault. */
  apart?(): readonly Unit[]
}

/**
 * Takes a batch of either queue. Every message is settled on its own: done ones are acknowledged,
 * the others wait and come back, and in the end go to the dead letters.
 */
export async function consume(deps: Deps, batch: MessageBatch): Promise<void> {
  const units = DEAD_LETTERS.test(batch.queue) ? deadLetterUnits : jobUnits
  await Promise.all(units(deps, batch.messages).map((unit) => settle(deps, unit)))
}

const deadLetterUnits = (deps: Deps, messages: readonly Message[]): Unit[] =>
  messages.map((message) => ({
    what: 'dead-letter',
    messages: [message],
    work: () => handleDeadLetter(deps, message),
  }))

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
      const work = () => turn(body.destinationId, () => handleDeliver(deps, body))
      units.push({ what: 'deliver', work, messages: [message] })
      continue
    }
    if (body?.kind !== 'job' || body.job.kind !== 'publish') {
      units.push({ ...workOf(deps, body), messages: [message] })
      continue
    }
    const { job } = body
    publishing.set(job.restaurantId, [
      ...(publishing.get(job.restaurantId) ?? []),
      { message, job },
    ])
  }
  for (const [restaurantId, together] of publishing)
    units.push(publishUnit(deps, restaurantId, together))
  return units
}

function publishUnit(deps: Deps, restaurantId: string, letters: readonly PublishLetter[]): Unit {
  const jobs = letters.map(({ job }) => job)
  return {
    what: 'publish',
    messages: letters.map(({ message }) => message),
    work: () => handlePublish(deps, restaurantId, jobs),
    ...(letters.length > 1 && {
      apart: () => letters.map((letter) => publishUnit(deps, restaurantId, [letter])),
    }),
  }
}

function workOf(
  deps: Deps,
  body: Exclude<QueueMessage, { kind: 'deliver' }> | null,
): Pick<Unit, 'what' | 'work'> {
  // Perhaps a newer version's, during a rollout; if not, it ends in the dead letters, where it is seen.
  if (body === null)
    return {
      what: 'malformed',
      work: () => Promise.reject(new Error('not a message that this version knows')),
    }
  if (body.kind === 'rebuild') return { what: 'rebuild', work: () => handleRebuild(deps, body) }
  if (body.kind === 'mail') return { what: 'mail', work: () => handleMail(deps, body) }
  const { job } = body
  switch (job.kind) {
    case 'publish':
      return { what: job.kind, work: () => handlePublish(deps, job.restaurantId, [job]) }
    case 'register':
      return { what: job.kind, work: () => handleRegister(deps, job) }
    case 'capture':
      return { what: job.kind, work: () => handleCapture(deps, job) }
    case 'look-up':
      return { what: job.kind, work: () => handleLookUp(deps, job) }
    case 'void':
      return { what: job.kind, work: () => handleVoid(deps, job) }
    case 'refund':
      return { what: job.kind, work: () => handleRefund(deps, job) }
    case 'tell-refund':
      return { what: job.kind, work: () => handleTellRefund(deps, job) }
    case 'notify':
      return { what: job.kind, work: () => handleNotify(deps, job) }
  }
}

async function settle(deps: Deps, unit: Unit): Promise<void> {
  const startedAt = deps.now()
  try {
    await unit.work()
  } catch (error) {
    if (unit.apart !== undefined && !(error instanceof StorageUnavailableError))
      await Promise.all(unit.apart().map((one) => settle(deps, one)))
    else for (const message of unit.messages) postpone(deps, unit.what, message, error)
    return
  }
  const { what, messages } = unit
  for (const message of messages) message.ack()
  deps.metrics.count('queue_messages_total', { what, outcome: 'done' }, messages.length)
  deps.log({
    level: 'info',
    kind: 'queue-done',
    what,
    messages: messages.length,
    durationMs: deps.now() - startedAt,
  })
}

function postpone(deps: Deps, what: string, message: Message, error: unknown): void {
  const delay = delaySeconds(message.attempts, deps.random)
  message.retry({ delaySeconds: delay })
  deps.metrics.count('queue_messages_total', { what, outcome: 'failed' })
  deps.log({
    level: 'error',
    kind: 'queue-failed',
    what,
    messageId: message.id,
    attempt: message.attempts,
    delaySeconds: delay,
    error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
  })
}
