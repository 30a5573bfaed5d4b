import { z } from 'zod'

export const STRIPE_OPERATIONS = [
  'create',
  'retrieve',
  'list',
  'search',
  'cancel',
  'refund',
  'refunds',
  'disputes',
  'webhook',
] as const
export type StripeOperation = (typeof STRIPE_OPERATIONS)[number]

const milliseconds = z.int().min(1).max(3_600_000)
const serverError = z.int().min(500).max(599)

const effects = z.strictObject({
  /** Waits in real time, then goes on. */
  slow_ms: milliseconds.optional(),
  /** Answers so before doing anything; nothing is kept under the idempotency key. */
  fail_status: z.int().min(400).max(599).optional(),
  /** Does it, then answers so (which the key then repeats), or breaks the answer off. */
  fail_after: z.union([serverError, z.literal('drop')]).optional(),
  /** Does it, then answers 200 with what is no JSON, or with another object. */
  nonsense: z.enum(['html', 'another']).optional(),
  twice: z.literal(true).optional(),
  lose_webhook: z.literal(true).optional(),
  late_webhook_ms: milliseconds.optional(),
})

export const stripeFaultRule = effects.extend({
  operation: z.enum(STRIPE_OPERATIONS),
  /** How often it strikes; without it, until it is taken away. */
  times: z.int().min(1).optional(),
})
export type StripeFaultRule = z.infer<typeof stripeFaultRule>
export type StripeEffects = z.infer<typeof effects>

/** Rules that strike calls and webhooks; counted ones are used up. */
export function createStripeFaults(
  initial: readonly StripeFaultRule[] = [],
  onChange: (rules: readonly StripeFaultRule[]) => void = () => undefined,
) {
  let rules = [...initial]
  const change = (next: StripeFaultRule[]) => {
    rules = next
    onChange(rules)
  }
  return {
    add: (rule: StripeFaultRule) => change([...rules, rule]),
    clear: () => change([]),
    list: (): readonly StripeFaultRule[] => rules,
    take(at: StripeOperation): StripeEffects {
      const striking = rules.filter(({ operation }) => operation === at)
      if (striking.some(({ times }) => times !== undefined))
        change(
          rules.flatMap((rule) => {
            if (!striking.includes(rule) || rule.times === undefined) return [rule]
            return rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : []
          }),
        )
      return Object.assign({}, ...striking) as StripeEffects
    },
  }
}
export type StripeFaults = ReturnType<typeof createStripeFaults>
