import { z } from 'zod'

export type CallOperation = 'order' | 'cancel'

const milliseconds = z.int().min(1).max(3_600_000)
const serverError = z.int().min(500).max(599)

const onCalls = z.strictObject({
  operation: z.enum(['order', 'cancel']).optional(),
  times: z.int().min(1).optional(),
  /** Waits in real time, then goes on. */
  slow_ms: milliseconds.optional(),
  /** Answers so before doing anything. */
  fail_status: serverError.optional(),
  /** Does it, then answers so. */
  fail_after: serverError.optional(),
  /** Refuses with these words. */
  error: z.string().min(1).max(200).optional(),
})

const onWebhooks = z.strictObject({
  times: z.int().min(1).optional(),
  twice: z.literal(true).optional(),
  lose_webhook: z.literal(true).optional(),
  late_webhook_ms: milliseconds.optional(),
})

const hasEffect = (rule: object): boolean =>
  Object.keys(rule).some((name) => name !== 'operation' && name !== 'times')

export const payActionFault = z
  .union([onCalls, onWebhooks])
  .refine(hasEffect, { message: 'a fault has effects, either on calls or on webhooks' })

export type PayActionFault = z.infer<typeof payActionFault>
export type CallEffects = Omit<z.infer<typeof onCalls>, 'operation' | 'times'>
export type WebhookEffects = Omit<z.infer<typeof onWebhooks>, 'times'>

const CALLS: readonly string[] = ['slow_ms', 'fail_status', 'fail_after', 'error']
const isOnCalls = (rule: PayActionFault): boolean =>
  Object.keys(rule).some((name) => CALLS.includes(name))

export interface PayActionFaults {
  add(rule: PayActionFault): void
  clear(): void
  list(): readonly PayActionFault[]
  /** All effects that strike now; counted rules are used up by it. */
  ofCall(operation: CallOperation): CallEffects
  ofWebhook(): WebhookEffects
}

export function createPayActionFaults(
  initial: readonly PayActionFault[] = [],
  onChange: (rules: readonly PayActionFault[]) => void = () => undefined,
): PayActionFaults {
  let rules = [...initial]
  const change = (next: PayActionFault[]) => {
    rules = next
    onChange(rules)
  }
  const take = (strikes: (rule: PayActionFault) => boolean): object => {
    const striking = rules.filter(strikes)
    if (striking.some(({ times }) => times !== undefined))
      change(
        rules.flatMap((rule) => {
          if (!striking.includes(rule) || rule.times === undefined) return [rule]
          return rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : []
        }),
      )
    return Object.assign({}, ...striking) as object
  }
  return {
    add: (rule) => change([...rules, rule]),
    clear: () => change([]),
    list: () => rules,
    ofCall: (operation) =>
      take((rule) => {
        if (!isOnCalls(rule)) return false
        return !('operation' in rule) || (rule.operation ?? operation) === operation
      }),
    ofWebhook: () => take((rule) => !isOnCalls(rule)),
  }
}
