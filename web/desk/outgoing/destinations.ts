import type { Delivery, DestinationLag } from './types.ts'

type Destination = Pick<Delivery, 'destination_kind' | 'destination_id'>

/** The restaurant whose channel it is (`<restaurant>:<sink>`); null for partners and the platform. */
export function restaurantOf({ destination_kind: kind, destination_id: id }: Destination) {
  if (kind === 'PUSH' || kind === 'DATA_PLATFORM') return null
  const [restaurant = ''] = id.split(':')
  return restaurant === '' ? null : restaurant
}

export interface Behindness {
  looks: 'badge' | 'badge badge--bad' | 'badge badge--good'
  word: 'failingFor' | 'pausedUntil' | 'nextTry' | 'onItsWay' | 'DEAD'
  /** The moment that the word speaks of. */
  at: string | null
}

/** What is to be said of a destination first: that it fails, that it rests, when it is tried next. */
export function behindnessOf(lag: DestinationLag): Behindness {
  const { failing_since: failing, paused_until: paused, pending, next_try_at: next } = lag
  if (failing !== null) return { looks: 'badge badge--bad', word: 'failingFor', at: failing }
  if (paused !== null) return { looks: 'badge', word: 'pausedUntil', at: paused }
  if (pending === 0) return { looks: 'badge badge--bad', word: 'DEAD', at: null }
  return next === null
    ? { looks: 'badge badge--good', word: 'onItsWay', at: null }
    : { looks: 'badge badge--good', word: 'nextTry', at: next }
}
