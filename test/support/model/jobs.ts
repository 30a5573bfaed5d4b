import { SYSTEM } from '../../../src/domain/actor.ts'
import type { Job } from '../../../src/domain/jobs.ts'
import { subjectsOf } from '../../../src/domain/restaurant/notice.ts'
import type { send } from './picking.ts'
import type { World } from './world.ts'

/** Does a job as the Worker would. */
export async function run(world: World, job: Job, tell: typeof send): Promise<void> {
  const { provider, projected, report } = world
  switch (job.kind) {
    case 'publish': {
      const seqs = job.events.map(({ seq }) => seq)
      for (const seq of seqs) projected.add(seq)
      return tell(world, 'published', () =>
        report({ kind: 'published', epoch: 1, fromSeq: seqs[0]!, toSeq: seqs.at(-1)! }),
      )
    }
    case 'register': {
      const { paymentId } = job
      const outcome = provider.open({ id: paymentId, amount: job.amount })
      return tell(world, 'register', () => report({ kind: 'registered', paymentId, outcome }))
    }
    case 'capture': {
      const { paymentId, attemptId } = job
      const outcome = provider.takePoints({ id: paymentId, amount: job.amount })
      return tell(world, 'points', () =>
        report({ kind: 'captured', paymentId, attemptId, outcome }),
      )
    }
    case 'look-up': {
      const outcome = provider.lookUp(job.paymentId)
      return tell(world, 'look-up', () =>
        report({ kind: 'looked-up', paymentId: job.paymentId, outcome }),
      )
    }
    case 'void': {
      const outcome = provider.void(job.paymentId)
      return tell(world, 'void', () =>
        report({ kind: 'voided', paymentId: job.paymentId, outcome }),
      )
    }
    case 'refund': {
      const { refundId, attempt } = job
      const outcome = provider.refund(job)
      return tell(world, 'refund', () => report({ kind: 'refunded', refundId, attempt, outcome }))
    }
    case 'tell-refund': {
      const { refundId } = job
      const { refund } = await world.restaurant.read(SYSTEM, { type: 'refund', refundId })
      const { status } = refund
      return tell(world, 'mail', () => report({ kind: 'refund-told', refundId, status }))
    }
    case 'notify': {
      const { sink, notice } = job
      return tell(world, 'notify', () =>
        report({ kind: 'notified', sink, ...subjectsOf(notice), outcome: { kind: 'sent' } }),
      )
    }
  }
}
