import type { AlertKind, Rule } from './kinds.ts'

/** A rule as it is typed. */
export interface RuleDraft {
  kind: AlertKind
  enabled: boolean
  fires_at: string
  clears_at: string
  hold_seconds: string
}

export const DRAFT_FIELDS = ['fires_at', 'clears_at', 'hold_seconds'] as const
export type DraftField = (typeof DRAFT_FIELDS)[number]

type Thresholds = Pick<Rule, 'enabled' | DraftField>

export const draftOf = (kind: AlertKind, rule: Thresholds): RuleDraft => ({
  kind,
  enabled: rule.enabled,
  fires_at: String(rule.fires_at),
  clears_at: String(rule.clears_at),
  hold_seconds: String(rule.hold_seconds),
})

/** What is typed as the API takes it; null where a number is missing. */
const numberOf = (text: string): number | null =>
  /^\d+$/.test(text.trim()) ? Number(text.trim()) : null

export type RuleWish = Thresholds & { kind: AlertKind }

/** Reasons by `kind.field`. */
export type RuleErrors = ReadonlyMap<string, string>
export const errorKey = (kind: AlertKind, field: string): string => `${kind}.${field}`

/** The rules that would change, or what keeps them from being sent. */
export function wishesOf(
  drafts: readonly RuleDraft[],
  rules: readonly Rule[],
): { wishes: readonly RuleWish[]; errors: RuleErrors } {
  const errors = new Map<string, string>()
  const wishes = drafts.flatMap((draft) => {
    const standing = rules.find(({ kind }) => kind === draft.kind)
    const figures = { fires_at: 0, clears_at: 0, hold_seconds: 0 }
    for (const field of DRAFT_FIELDS) {
      const figure = numberOf(draft[field])
      if (figure === null) errors.set(errorKey(draft.kind, field), 'required')
      else figures[field] = figure
    }
    const wish = { kind: draft.kind, enabled: draft.enabled, ...figures }
    const same =
      standing?.enabled === wish.enabled &&
      DRAFT_FIELDS.every((field) => standing[field] === wish[field])
    return same ? [] : [wish]
  })
  return { wishes, errors }
}

/** The server’s errors of what was sent, by the rule and field that they are about. */
export function errorsOf(
  details: Readonly<Record<string, unknown>>,
  sent: readonly RuleWish[],
): RuleErrors {
  const errors = Array.isArray(details.errors) ? (details.errors as unknown[]) : []
  return new Map(
    errors.flatMap((one) => {
      const { field, reason } = one as { field?: unknown; reason?: unknown }
      if (typeof field !== 'string' || typeof reason !== 'string') return []
      const [, at = '', name = ''] = /^rules\.(\d+)\.(\w+)$/.exec(field) ?? []
      const kind = sent[Number(at || Number.NaN)]?.kind
      return kind === undefined ? [] : [[errorKey(kind, name), reason] as const]
    }),
  )
}
