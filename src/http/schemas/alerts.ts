import { z } from '@hono/zod-openapi'
import {
  ALERT_KINDS,
  ALERT_STATES,
  CHANGE_NEWS,
  LONGEST_HOLD_SECONDS,
  PLATFORM_SUBJECT,
  WATCHED,
} from '../../domain/alerts/rule.ts'
import type { ViewedAlerts } from '../../usecases/alerts/read-alerts.ts'
import type { RuleWish, ViewedRule } from '../../usecases/alerts/rules.ts'
import type { AlertChange, KnownStanding } from '../../usecases/alerts/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { listSchema } from './lists.ts'

const threshold = z.int().min(0)

const thresholds = {
  enabled: z.boolean(),
  fires_at: threshold.openapi({ description: 'In the unit: at this or above it fires' }),
  clears_at: threshold.openapi({ description: 'Below `fires_at`: at this or below it ends' }),
  hold_seconds: threshold.openapi({ description: 'How long either must hold before it counts' }),
}

const example = { enabled: true, fires_at: 11, clears_at: 5, hold_seconds: 0 }

export const alertKind = z.enum(ALERT_KINDS).openapi({ example: 'http-5xx' })

export const alertRule = z
  .object({
    kind: alertKind,
    of: z.enum(['platform', 'restaurant']).openapi({
      description: '`restaurant`: each restaurant has an alert of its own',
    }),
    unit: z.string().openapi({ example: 'responses' }),
    ...thresholds,
    default: z.object(thresholds),
    maximum: z.int().openapi({ description: 'The highest `fires_at`' }),
    changed_at: timeSchema.nullable(),
    state: z.enum(ALERT_STATES),
    since: timeSchema.nullable(),
    value: z.int().nullable().openapi({
      description: 'As last measured; of restaurants the highest, where an alert stands of one',
    }),
    firing: z.int().openapi({ description: 'How many alerts of the kind fire' }),
    measured_at: timeSchema.nullable().openapi({
      description: 'Some minutes ago: what it is measured by does not answer',
    }),
  })
  .openapi('AlertRule', {
    example: {
      ...{ kind: 'http-5xx', of: 'platform', unit: 'responses', ...example, default: example },
      ...{ maximum: 1_000_000, changed_at: null, state: 'OK' },
      ...{ since: '2026-11-20T03:00:00.000Z', value: 0, firing: 0 },
      measured_at: '2026-11-20T04:00:00.000Z',
    },
  })

export const alertRuleList = z.object({ items: z.array(alertRule) })

export const rulesWish = z
  .strictObject({
    rules: z
      .array(z.strictObject({ kind: alertKind, ...thresholds }))
      .min(1)
      .max(ALERT_KINDS.length)
      .openapi({
        description: `Those that are not named stay. \`hold_seconds\` at most ${LONGEST_HOLD_SECONDS}.`,
      }),
  })
  .openapi('AlertRulesWish', { example: { rules: [{ kind: 'http-5xx', ...example }] } })

export const wishesOf = (sent: z.output<typeof rulesWish>): RuleWish[] =>
  sent.rules.map(({ kind, enabled, ...rule }) => ({
    ...{ kind, enabled, firesAt: rule.fires_at, clearsAt: rule.clears_at },
    holdSeconds: rule.hold_seconds,
  }))

const alertFields = {
  kind: alertKind,
  restaurant_id: idSchema.nullable().openapi({
    description: 'Null: the whole platform; of kinds by restaurant, those beyond the first 50',
  }),
  restaurant_name: z.string().nullable(),
  value: z.int(),
}

const firingAlert = z
  .object({ ...alertFields, since: timeSchema, told_at: timeSchema.nullable() })
  .openapi('FiringAlert')

export const alertChange = z
  .object({ id: idSchema, ...alertFields, news: z.enum(CHANGE_NEWS), at: timeSchema })
  .openapi('AlertChange')

export const alertList = listSchema(alertChange).extend({
  firing: z.array(firingAlert).openapi({ description: 'Now; the longest first' }),
})

const ruleJson = ({ enabled, firesAt, clearsAt, holdSeconds }: Omit<RuleWish, 'kind'>) => ({
  enabled,
  fires_at: firesAt,
  clears_at: clearsAt,
  hold_seconds: holdSeconds,
})

export function alertRuleJson({ rule, standings }: ViewedRule) {
  const { kind, changedAt } = rule
  const { of, unit, most, rule: fallback } = WATCHED[kind]
  const whole = standings.find(({ subjectId }) => subjectId === PLATFORM_SUBJECT)
  const shown =
    of === 'platform' ? standings : standings.filter(({ subjectId }) => subjectId !== '')
  const firing = standings.filter(({ state }) => state === 'FIRING')
  const first = firing.toSorted((a, b) => a.since - b.since)[0] ?? whole
  return {
    ...{ kind, of, unit, ...ruleJson(rule) },
    default: ruleJson(fallback),
    maximum: most,
    changed_at: changedAt === 0 ? null : isoTime(changedAt),
    state: firing.length > 0 ? ('FIRING' as const) : ('OK' as const),
    since: isoTime(first?.since ?? null),
    value: shown.length === 0 ? null : Math.max(...shown.map(({ value }) => value)),
    firing: firing.length,
    measured_at: isoTime(whole?.evaluatedAt ?? null),
  }
}

const headJson = (
  { kind, subjectId, value }: Pick<KnownStanding, 'kind' | 'subjectId' | 'value'>,
  names: ViewedAlerts['names'],
) => ({
  kind,
  restaurant_id: subjectId === PLATFORM_SUBJECT ? null : subjectId,
  restaurant_name: names.get(subjectId) ?? null,
  value,
})

export const firingJson = (standing: KnownStanding, names: ViewedAlerts['names']) => ({
  ...headJson(standing, names),
  since: isoTime(standing.since),
  told_at: isoTime(standing.toldAt),
})

export const alertChangeJson = (names: ViewedAlerts['names']) => (change: AlertChange) => ({
  id: change.id,
  ...headJson(change, names),
  news: change.news,
  at: isoTime(change.at),
})
