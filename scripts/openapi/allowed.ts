import type { Change } from './compare-schemas.ts'

/** A break that was decided on. */
export interface AllowedChange {
  /** Kind and place; a `*` stands for anything. */
  change: string
  reason: string
}

export const nameOf = ({ kind, at }: Change): string => `${kind} ${at}`

function patternOf({ change }: AllowedChange): RegExp {
  const escaped = change.replaceAll(/[.+?^$(){}|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*')}$`)
}

/** What is not allowed, and what is wrong with the list itself: no reason, or nothing that it allows. */
export function judge(
  changes: readonly Change[],
  allowed: readonly AllowedChange[],
): { refused: Change[]; wrong: string[] } {
  const entries = allowed.map((entry) => ({ entry, pattern: patternOf(entry) }))
  const refused = changes.filter(
    (change) => !entries.some(({ pattern }) => pattern.test(nameOf(change))),
  )
  const wrong = entries.flatMap(({ entry, pattern }) => [
    ...(entry.reason.trim().length < 10 ? [`${entry.change}: why may callers be broken?`] : []),
    ...(changes.some((change) => pattern.test(nameOf(change)))
      ? []
      : [`${entry.change}: nothing of that kind has changed since the last release`]),
  ])
  return { refused, wrong }
}
