import type { Job } from '../../domain/jobs.ts'
import { lookUpPayment, type LookUpDeps } from './look-up-payment.ts'
import { notifyOwner, type NotifyDeps } from './notify-owner.ts'
import { publishEvents, type PublishDeps } from './publish-events.ts'
import { refundPayment, type RefundDeps } from './refund-payment.ts'

export type JobDeps = PublishDeps & LookUpDeps & RefundDeps & NotifyDeps

type Runner<K extends Job['kind']> = (
  deps: JobDeps,
  job: Extract<Job, { kind: K }>,
) => Promise<void>

const RUNNERS: { [K in Job['kind']]: Runner<K> } = {
  publish: (deps, { restaurantId, events }) => publishEvents(deps, restaurantId, events),
  'look-up': lookUpPayment,
  refund: refundPayment,
  notify: notifyOwner,
}

/**
 * Does a job and reports it. A throw means that it is not reported: the object's lease brings it back.
 */
export const runJob = (deps: JobDeps, job: Job): Promise<void> =>
  (RUNNERS[job.kind] as Runner<Job['kind']>)(deps, job)
