import type { Command, CommandOutcome } from '../commands.ts'
import type { Job } from '../jobs.ts'
import { subjectsOf } from '../restaurant/notice.ts'

interface Answered {
  orderId?: string | null
  order?: { id: string } | null
  payment?: { orderId: string } | null
}

/** The order that a command names, or that its answer is about. */
export function orderOf(command: Command, outcome: CommandOutcome): string | null {
  if ('orderId' in command) return command.orderId
  if (!outcome.ok || typeof outcome.value !== 'object') return null
  const value = outcome.value as Answered | null
  return value?.order?.id ?? value?.payment?.orderId ?? value?.orderId ?? null
}

/** The orders that a job is about. */
export function ordersOf(job: Job): string[] {
  if (job.kind === 'publish')
    return job.events.flatMap(({ subject }) => (subject.kind === 'order' ? [subject.order.id] : []))
  if (job.kind === 'notify') return [...subjectsOf(job.notice).orderIds]
  return job.orderId === undefined ? [] : [job.orderId]
}
