import type { AlertRule, AlertState, ChangeNews } from './rule.ts'

/** Where an alert stands. */
export interface Standing {
  state: AlertState
  since: number
  /** When what was measured first spoke for the other state; null = it does not. */
  turningSince: number | null
  value: number
  /** When its people were told last. */
  toldAt: number | null
  /** When it was measured last. */
  evaluatedAt: number
}

export type DecidedNews = ChangeNews | 'REMINDER'

export interface Decision {
  standing: Standing
  /** What its people are to be told now; null = nothing. */
  news: DecidedNews | null
}

export const REMIND_AFTER_MS = 4 * 3_600_000
/** Measured less often than this, nothing counts as held. */
const LONGEST_GAP_MS = 180_000

/** An alert that nothing was ever measured of. */
const silent = (now: number): Standing => ({
  ...{ state: 'OK', since: now, turningSince: null, value: 0, toldAt: null, evaluatedAt: now },
})

/** Where an alert stands after a measurement (null = not known: it stays as it is), and who hears of it. */
export function decide(
  before: Standing | null,
  measured: number | null,
  rule: AlertRule,
  now: number,
): Decision {
  const at = before ?? silent(now)
  if (!rule.enabled) return switchedOff(at, now)
  if (measured === null) return { standing: at, news: null }
  const seen = { ...at, value: measured, evaluatedAt: now }
  const other = spokenFor(measured, rule)
  if (other === null || other === at.state) return reminded({ ...seen, turningSince: null }, now)
  const unbroken = now - at.evaluatedAt <= LONGEST_GAP_MS
  const turningSince = (unbroken ? at.turningSince : null) ?? now
  const turning = { ...seen, turningSince }
  // One that has begun to end fires still, but "still firing" beside its figure would be untrue.
  if (now - turningSince < rule.holdSeconds * 1_000) return { standing: turning, news: null }
  return {
    standing: { ...seen, state: other, since: now, turningSince: null, toldAt: now },
    news: other,
  }
}

/** Which state the measure speaks for; null between the thresholds. */
function spokenFor(measured: number, { firesAt, clearsAt }: AlertRule): AlertState | null {
  if (measured >= firesAt) return 'FIRING'
  return measured <= clearsAt ? 'OK' : null
}

function reminded(standing: Standing, now: number): Decision {
  const due = standing.state === 'FIRING' && now - (standing.toldAt ?? 0) >= REMIND_AFTER_MS
  return due
    ? { standing: { ...standing, toldAt: now }, news: 'REMINDER' }
    : { standing, news: null }
}

function switchedOff(at: Standing, now: number): Decision {
  if (at.state === 'OK')
    return { standing: { ...at, turningSince: null, evaluatedAt: now }, news: null }
  const standing: Standing = { ...silent(now), value: at.value, toldAt: now }
  return { standing, news: 'OFF' }
}

/** Nothing is to be remembered of it: it says OK, and nothing speaks against that. */
export const isSilent = ({ state, turningSince }: Standing): boolean =>
  state === 'OK' && turningSince === null
