import type { Stretch } from './figures.ts'

export interface Limits {
  /** How many more of the new version's requests may fail than of the old one's: 0.02 = two in a hundred. */
  moreErrors: number
  /** Fewer errors than that beyond what was usual are chance. */
  fewestErrors: number
  /** By what factor, and at least by how many seconds, the p95 may grow. */
  slower: number
  slowerSeconds: number
  /** Fewer requests than that say nothing. */
  fewestRequests: number
}

export const LIMITS: Limits = {
  moreErrors: 0.02,
  fewestErrors: 5,
  slower: 1.5,
  slowerSeconds: 0.1,
  fewestRequests: 100,
}

export type Verdict = { kind: 'fine' } | { kind: 'too-little' } | { kind: 'back'; reason: string }

const shown = (ratio: number) => `${(ratio * 100).toFixed(1)} %`
const seconds = (value: number) => `${value.toFixed(3)} s`

/**
 * Whether a stretch in which the new version took `share` of the requests is as good as the one before,
 * when the old one took them all. The figures do not tell the versions apart: what is worse than before
 * is put down to the new one alone.
 */
export function judge(
  share: number,
  before: Stretch,
  during: Stretch,
  limits: Limits = LIMITS,
): Verdict {
  const usual = ratioOf(before)
  const beyond = during.errors - usual * during.requests
  if (beyond >= limits.fewestErrors) {
    const ofNew = Math.min(1, usual + beyond / (share * during.requests))
    if (ofNew - usual > limits.moreErrors) {
      const reason = `about ${shown(ofNew)} of its requests fail, ${shown(usual)} before`
      return { kind: 'back', reason }
    }
  }
  if (during.requests < limits.fewestRequests) return { kind: 'too-little' }
  const [old, now] = [before.p95Seconds, during.p95Seconds]
  if (old === null || now === null || before.requests < limits.fewestRequests)
    return { kind: 'fine' }
  if (now > old * limits.slower && now > old + limits.slowerSeconds)
    return { kind: 'back', reason: `the p95 is ${seconds(now)}, ${seconds(old)} before` }
  return { kind: 'fine' }
}

const ratioOf = ({ errors, requests }: Stretch): number => (requests === 0 ? 0 : errors / requests)

/**
 * Classes of objects are made, renamed and deleted for all versions at once: a version that brings such a
 * step cannot be rolled out in parts, nor be taken back.
 */
export const newSteps = (
  present: readonly { tag: string }[],
  released: readonly { tag: string }[],
): string[] =>
  present.map(({ tag }) => tag).filter((tag) => !released.some((known) => known.tag === tag))
