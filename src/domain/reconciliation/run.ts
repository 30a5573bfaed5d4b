import type { Currency } from '../money.ts'

/** FULL: everything there is. CHANGES: what moved since the last run. */
export type RunKind = 'FULL' | 'CHANGES'

export type Stage = 'WALLETS' | 'LEDGER' | 'ORDERS'
/** What a run goes through, one page after the other. */
const STAGES: Readonly<Record<RunKind, readonly Stage[]>> = {
  FULL: ['WALLETS', 'LEDGER', 'ORDERS'],
  CHANGES: ['WALLETS', 'ORDERS'],
}

/** Money per currency, in its minor units. */
export type Totals = Readonly<Partial<Record<Currency, number>>>

export interface ReconciliationRun {
  id: string
  kind: RunKind
  stage: Stage
  /** The page that is owed next begins after this. */
  after: string | null
  since: number
  asOf: number
  startedAt: number
  finishedAt: number | null
  ordersChecked: number
  /** Looked wrong in the copy, and their restaurant could not be asked, or said otherwise. */
  ordersSkipped: number
  walletsChecked: number
  entriesChecked: number
  captured: Totals
  refunded: Totals
  /** Found by this run, new or not. */
  differences: number
}

export type Figures = Pick<
  ReconciliationRun,
  | 'ordersChecked'
  | 'ordersSkipped'
  | 'walletsChecked'
  | 'entriesChecked'
  | 'captured'
  | 'refunded'
  | 'differences'
>

const NO_FIGURES: Figures = {
  ordersChecked: 0,
  ordersSkipped: 0,
  walletsChecked: 0,
  entriesChecked: 0,
  captured: {},
  refunded: {},
  differences: 0,
}

/** Projections are under way for a moment: what moved just before the last run is looked at again. */
const OVERLAP_MS = 10 * 60_000
/** What a first light run looks back at. */
const FIRST_LOOK_MS = 24 * 3600_000

/** A run before its first page; `last` is as of when the newest finished one was. */
export const newRun = (
  kind: RunKind,
  last: number | null,
  { id, now }: { id: string; now: number },
): ReconciliationRun => ({
  id,
  kind,
  stage: 'WALLETS',
  after: null,
  since: kind === 'FULL' ? 0 : last === null ? now - FIRST_LOOK_MS : last - OVERLAP_MS,
  asOf: now,
  startedAt: now,
  finishedAt: null,
  ...NO_FIGURES,
})

/** The run after a page. Without a next page its stage is over; after the last stage so is the run. */
export function afterPage(
  run: ReconciliationRun,
  figures: Partial<Figures>,
  after: string | null,
  now: number,
): ReconciliationRun {
  const counted = { ...run, ...added(run, { ...NO_FIGURES, ...figures }) }
  if (after !== null) return { ...counted, after }
  const stages = STAGES[run.kind]
  const next = stages[stages.indexOf(run.stage) + 1]
  return next === undefined
    ? { ...counted, after, finishedAt: now }
    : { ...counted, after, stage: next }
}

const added = (a: Figures, b: Figures): Figures => ({
  ordersChecked: a.ordersChecked + b.ordersChecked,
  ordersSkipped: a.ordersSkipped + b.ordersSkipped,
  walletsChecked: a.walletsChecked + b.walletsChecked,
  entriesChecked: a.entriesChecked + b.entriesChecked,
  captured: addTotals(a.captured, b.captured),
  refunded: addTotals(a.refunded, b.refunded),
  differences: a.differences + b.differences,
})

/** The sums of both, currency by currency. */
export function addTotals(a: Totals, b: Totals): Totals {
  const sums: Partial<Record<Currency, number>> = { ...a }
  for (const [currency, amount] of Object.entries(b) as [Currency, number][])
    sums[currency] = (sums[currency] ?? 0) + amount
  return sums
}
