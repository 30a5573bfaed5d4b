import type { FollowedRequest, RefundRequest } from '../support/types.ts'

const SOON_MS = 1_500
const LATER_MS = 10_000
const RARELY_MS = 30_000
const IMPATIENT = 8

type Standing = Pick<RefundRequest, 'state'> & {
  refunds?: readonly Pick<FollowedRequest['refunds'][number], 'status'>[]
}

/**
 * When to look at a request again, after so many looks; null once nothing will move by itself. Money
 * that people must hand back moves when they say so, not while somebody watches.
 */
export function lookAgainIn({ state, refunds = [] }: Standing, looks: number): number | null {
  if (state === 'APPROVED') return looks < IMPATIENT ? SOON_MS : LATER_MS
  if (state === 'REQUESTED') return LATER_MS
  const onItsWay = state === 'DONE' && refunds.some(({ status }) => status === 'REQUESTED')
  return onItsWay ? (looks < IMPATIENT ? SOON_MS : RARELY_MS) : null
}

export type Stand = 'decides' | 'asked-it' | 'ordered-it' | 'decided'

/** Whether a person may decide a request: neither who asked for it nor whose order it is. */
export function standOf(
  request: Pick<RefundRequest, 'state' | 'requested_by' | 'customer_id'>,
  person: string,
): Stand {
  if (request.state !== 'REQUESTED') return 'decided'
  if (request.requested_by === person) return 'asked-it'
  return request.customer_id === person ? 'ordered-it' : 'decides'
}
