import type { Answer, Fault, Step } from './line.ts'

export const WAYS = [
  'card',
  'account',
  'stripe',
  'payaction',
  'feed',
  'points',
  'points+card',
  'counter',
] as const
/** `account`: Toss's virtual account. `payaction`, `feed`: a deposit, by who tells of it. `counter`: in two parts. */
export type Way = (typeof WAYS)[number]

export const TELLERS = ['browser', 'webhook', 'agenda', 'staff'] as const
/** Who tells of the money first. For a feed the webhook is the account's, for points the browser places. */
export type Teller = (typeof TELLERS)[number]

export const REPEATS = ['none', 'again', 'all'] as const
/** Whether the first teller tells it again, or every other one at the same moment. */
export type Repeat = (typeof REPEATS)[number]

export const STATES = [
  'unpaid',
  'expired',
  'cancelled',
  'voided',
  'rejected',
  'paid',
  'accepted',
  'completed',
  'short',
] as const
/**
 * The order when the money arrives. `voided`: cancelled, and the provider was told. `paid`: by another payment, at the counter. `accepted`, `completed`,
 * `short`: payment comes after; `short`: the kitchen took a portion out.
 */
export type State = (typeof STATES)[number]

export const POINTS = ['taken', 'later', 'refused'] as const
/** Beside a card: taken with the order; left to the agenda; left to it, and there are none. */
export type PointsPart = (typeof POINTS)[number]

const at = (cut: 'before' | 'after', step: Step): Fault => ({ cut, at: step })
const lost = (evicted: 'before' | 'after', step: Step): Fault => ({ evicted, at: step })
const answers = (answer: Answer): Fault => ({ answer })

export const FAULTS = {
  none: null,
  'cut before the claim': at('before', 'claim'),
  'cut after the claim': at('after', 'claim'),
  'cut after the provider': at('after', 'provider'),
  'cut before the settlement': at('before', 'settlement'),
  'cut after the settlement': at('after', 'settlement'),
  'evicted before the claim': lost('before', 'claim'),
  'evicted before the provider': lost('before', 'provider'),
  'evicted before the settlement': lost('before', 'settlement'),
  'evicted after the settlement': lost('after', 'settlement'),
  'unknown, and done': answers('unknown-done'),
  'unknown, and not done': answers('unknown-undone'),
  'refused, and done': answers('refused-done'),
  'refused, and not done': answers('refused-undone'),
} as const satisfies Record<string, Fault | null>
export type FaultName = keyof typeof FAULTS

export interface Row {
  way: Way
  state: State
  first: Teller
  repeat: Repeat
  fault: FaultName
  points: PointsPart
  /** Counts the rows: what varies beside the matrix goes by it. */
  n: number
}

export const nameOf = ({ way, state, first, repeat, fault, points }: Row): string =>
  [way, state, first, repeat, fault, ...(way === 'points+card' ? [points] : [])].join(' · ')

type Combination = Omit<Row, 'n' | 'points'>

const isDeposit = (way: Way): boolean => way === 'payaction' || way === 'feed'
const ENDED: readonly State[] = ['expired', 'cancelled', 'voided', 'rejected']
export const isOver = (state: State): boolean => ENDED.includes(state)
/** The payment that the money is for can be claimed no more. */
export const isEndedPayment = (state: State): boolean =>
  isOver(state) || state === 'paid' || state === 'short'
export const isPostpaid = (state: State): boolean =>
  state === 'accepted' || state === 'completed' || state === 'short'

/** The provider is asked what stands, and nothing is asked of it. */
const isQuestion = ({ way, first, state }: Combination): boolean =>
  way === 'points' ? first === 'agenda' && isOver(state) : first !== 'browser' || way === 'stripe'

const isAfterClaim = (name: FaultName): boolean => {
  const fault: Fault | null = FAULTS[name]
  return fault !== null && (!('at' in fault) || fault.at !== 'claim')
}

/** What cannot happen, and why. The first reason counts. */
export const IMPOSSIBLE: readonly [reason: string, is: (row: Combination) => boolean][] = [
  [
    'only staff take money at the counter',
    ({ way, first }) => way === 'counter' && first !== 'staff',
  ],
  [
    'staff see no money but cash and what is on the account',
    ({ way, first }) => first === 'staff' && way !== 'counter' && !isDeposit(way),
  ],
  ['nobody calls about points', ({ way, first }) => first === 'webhook' && way === 'points'],
  ['a browser confirms no transfer', ({ way, first }) => first === 'browser' && isDeposit(way)],
  ['a bank account is not asked', ({ way, first }) => first === 'agenda' && isDeposit(way)],
  [
    'points that are being taken keep the till shut',
    ({ way, state }) => way === 'points' && state === 'paid',
  ],
  [
    'an alarm rings until it has run',
    ({ first, fault }) => first === 'agenda' && fault === 'cut before the claim',
  ],
  [
    'whoever alone can tell repeats it until it is taken',
    ({ way, repeat, fault }) =>
      (isDeposit(way) || way === 'counter') &&
      repeat === 'none' &&
      fault === 'cut before the claim',
  ],
  [
    'one call tells everything',
    ({ way, fault }) => (isDeposit(way) || way === 'counter') && isAfterClaim(fault),
  ],
  [
    'there is no order before points are claimed',
    ({ way, first, state, repeat, fault }) =>
      way === 'points' &&
      first === 'browser' &&
      fault === 'cut before the claim' &&
      (state !== 'unpaid' || repeat !== 'again'),
  ],
  [
    'what is over is claimed no more, and nothing follows',
    ({ way, first, state, fault }) =>
      way === 'stripe' && first === 'browser' && isEndedPayment(state) && isAfterClaim(fault),
  ],
  [
    'nothing is owed any more about what was voided',
    ({ first, state }) => first === 'agenda' && state === 'voided',
  ],
  [
    'money that moves after its end, with nobody left who heard of it, is told by the webhook alone',
    ({ way, first, state, repeat, fault }) =>
      ['card', 'account', 'points+card'].includes(way) &&
      state === 'voided' &&
      (first === 'browser'
        ? repeat !== 'all' &&
          ['cut after the provider', 'cut before the settlement'].includes(fault)
        : way !== 'account' && repeat !== 'again' && fault === 'cut before the claim'),
  ],
  [
    'a question moves nothing and is not refused',
    (row) =>
      isQuestion(row) &&
      ['unknown, and done', 'refused, and done', 'refused, and not done'].includes(row.fault),
  ],
  [
    'a ledger does not refuse what it does',
    ({ way, fault }) => way === 'points' && fault === 'refused, and done',
  ],
]

export const impossibleBecause = (row: Combination): string | null =>
  IMPOSSIBLE.find(([, is]) => is(row))?.[0] ?? null

/** Every combination of the tables. */
function* combinations(): Generator<Combination> {
  for (const way of WAYS)
    for (const state of STATES)
      for (const first of TELLERS)
        for (const repeat of REPEATS)
          for (const fault of Object.keys(FAULTS) as FaultName[])
            yield { way, state, first, repeat, fault }
}

const all = [...combinations()]

export const COMBINATIONS = all.length

/** How many combinations each reason leaves out. */
export const leftOut = (): Record<string, number> => {
  const reasons = all.map(impossibleBecause).filter((reason) => reason !== null)
  const counts: Record<string, number> = {}
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

const pointsOf = ({ way, state }: Combination, n: number): PointsPart => {
  if (way !== 'points+card') return 'taken'
  const part = POINTS[n % POINTS.length]!
  // They are refused half a minute after the placing, before anything else could happen.
  return part === 'refused' && state !== 'unpaid' ? 'later' : part
}

export const ROWS: readonly Row[] = all
  .filter((row) => impossibleBecause(row) === null)
  .map((row, n) => ({ ...row, n, points: pointsOf(row, n) }))

export const rowsOf = (way: Way, state: State): readonly Row[] =>
  ROWS.filter((row) => row.way === way && row.state === state)
