import {
  LONGEST_HOLD_SECONDS,
  WATCHED,
  type AlertKind,
  type AlertRule,
} from '../../domain/alerts/rule.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import type { FieldError, Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf, type Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import type { KnownRule, KnownStanding } from './types.ts'

/** A rule with where its alerts stand. */
export interface ViewedRule {
  rule: KnownRule
  standings: readonly KnownStanding[]
}

export interface RuleWish extends AlertRule {
  kind: AlertKind
}

type RuleDeps = Pick<Deps, 'alerts' | 'now' | 'random' | 'log'>

const TRIES = 3
const CHANGEABLE = ['enabled', 'firesAt', 'clearsAt', 'holdSeconds'] as const

/** Every rule there is. */
export async function viewRules({ alerts }: Pick<Deps, 'alerts'>): Promise<readonly ViewedRule[]> {
  const { rules, standings } = await alerts.book()
  return rules.map((rule) => ({
    rule,
    standings: standings.filter(({ kind }) => kind === rule.kind),
  }))
}

/** Sets the rules that are named, all at once; each that changes has its line in the audit trail. */
export async function setRules(
  deps: RuleDeps,
  wishes: readonly RuleWish[],
  by: Acting,
): Promise<Result<readonly ViewedRule[], Refusal>> {
  const errors = wishes.flatMap((wish, index) => problemsOf(wish, index, wishes))
  if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { rules } = await deps.alerts.book()
    const wanted = wishes.flatMap((wish) => {
      const before = rules.find(({ kind }) => kind === wish.kind)
      if (before === undefined) throw new Error(`no rule ${wish.kind}`)
      const changes = changesOf(before, wish)
      if (Object.keys(changes).length === 0) return []
      const changedAt = Math.max(deps.now(), before.changedAt + 1)
      const audit = auditOf(deps, by, {
        ...{ action: 'alert-rule-changed', subject: 'alert-rule', subjectId: wish.kind },
        changes,
      })
      return [{ rule: { ...wish, changedAt }, before: before.changedAt, audit }]
    })
    if (await deps.alerts.setRules(wanted)) {
      for (const { rule } of wanted)
        deps.log({ level: 'info', kind: 'alert-rule-changed', alert: rule.kind, userId: by.userId })
      return ok(await viewRules(deps))
    }
  }
  // Somebody else's hand is on the same rules.
  return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 })
}

function problemsOf(
  { kind, firesAt, clearsAt, holdSeconds }: RuleWish,
  index: number,
  wishes: readonly RuleWish[],
): FieldError[] {
  const errors: FieldError[] = []
  const at = (field: string, reason: string) =>
    errors.push({ field: `rules.${index}.${field}`, reason })
  if (wishes.findIndex((other) => other.kind === kind) < index) at('kind', 'repeated')
  if (firesAt > WATCHED[kind].most) at('fires_at', 'too_big')
  if (clearsAt >= firesAt) at('clears_at', 'not_below_fires_at')
  if (holdSeconds > LONGEST_HOLD_SECONDS) at('hold_seconds', 'too_big')
  return errors
}

const changesOf = (before: AlertRule, wish: AlertRule): AuditEntry['changes'] =>
  Object.fromEntries(
    CHANGEABLE.filter((field) => before[field] !== wish[field]).map((field) => [
      field,
      { from: before[field], to: wish[field] },
    ]),
  )
