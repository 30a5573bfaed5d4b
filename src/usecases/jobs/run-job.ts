import type { Job } from '../../domain/jobs.ts'
import { capturePoints, type CapturePointsDeps } from './capture-points.ts'
import { lookUpPayment, type LookUpDeps } from './look-up-payment.ts'
import { notifyOwner, type NotifyDeps } from './notify-owner.ts'
import { publishEvents, type PublishDeps } from './publish-events.ts'
import { refundPayment, type RefundDeps } from './refund-payment.ts'
import { registerDeposit, type RegisterDeps } from './register-deposit.ts'
import { tellRefund, type TellRefundDeps } from './tell-refund.ts'
import { voidPayment, type VoidDeps } from './void-payment.ts'

export type JobDeps = PublishDeps &
  RegisterDeps &
  CapturePointsDeps &
  LookUpDeps &
  VoidDeps &
  RefundDeps &
  TellRefundDeps &
  NotifyDeps

type Runner<K extends Job['kind']> = (
  deps: JobDeps,
  job: Extract<Job, { kind: K }>,
) => Promise<void>

const RUNNERS: { [K in Job['kind']]: Runner<K> } = {
  publish: (deps, { restaurantId, events }) => publishEvents(deps, restaurantId, events),
  register: registerDeposit,
  capture: capturePoints,
  'look-up': lookUpPayment,
  void: voidPayment,
  refund: refundPayment,
  'tell-refund': tellRefund,
  notify: notifyOwner,
}

/**
 * Does a job and reports it. A throw means that it is not reported: the object's lease brings it back.
 */
export const runJob = (deps: JobDeps, job: Job): Promise<void> =>
  (RUNNERS[job.kind] as Runner<Job['kind']>)(deps, job)
