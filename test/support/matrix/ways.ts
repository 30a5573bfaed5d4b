import type { PaymentMethod } from '../../../src/domain/restaurant/settings.ts'
import type { Teller, Way } from './rows.ts'

/** What every order costs when it is placed: two portions. */
export const TOTAL = 36_000
/** What points pay beside a card, and what the counter takes first. */
export const FIRST_PART = 10_000
export const METHOD: Record<Way, PaymentMethod> = {
  card: 'CARD',
  account: 'VIRTUAL_ACCOUNT',
  stripe: 'STRIPE',
  payaction: 'DEPOSIT',
  feed: 'DEPOSIT',
  points: 'POINTS',
  'points+card': 'CARD',
  counter: 'COUNTER',
}

/** Who can tell of the money at all. */
export const TELLERS_OF: Record<Way, readonly Teller[]> = {
  card: ['browser', 'webhook', 'agenda'],
  account: ['browser', 'webhook', 'agenda'],
  stripe: ['browser', 'webhook', 'agenda'],
  payaction: ['webhook', 'staff'],
  feed: ['webhook', 'staff'],
  points: ['browser', 'agenda'],
  'points+card': ['browser', 'webhook', 'agenda'],
  counter: ['staff'],
}
