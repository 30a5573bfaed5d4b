import { z } from 'zod'

export const OPERATIONS = ['open', 'confirm', 'lookup', 'cancel', 'webhook'] as const
export type Operation = (typeof OPERATIONS)[number]

const CALL_EFFECTS = [
  'slow_ms',
  'fail_status',
  'fail_after',
  'nonsense',
  'reject',
  'keep_error',
  'forget_error',
  'whole_only',
  'refund_pending',
] as const
const WEBHOOK_EFFECTS = ['twice', 'lose_webhook', 'late_webhook_ms', 'stale_webhook'] as const

const operation = z.enum(OPERATIONS)
const milliseconds = z.int().min(1).max(3_600_000)
const serverError = z.int().min(500).max(599)

export const NONSENSE = ['html', 'empty', 'truncated', 'wrong_types'] as const

const effects = z.strictObject({
  /** Waits in real time, then goes on. */
  slow_ms: milliseconds.optional(),
  /** Answers so before doing anything. */
  fail_status: serverError.optional(),
  /** Does it, then answers so, or breaks the answer off. */
  fail_after: z.union([serverError, z.literal('drop')]).optional(),
  /** Does it, then answers 200 with garbage. */
  nonsense: z
    .union([z.enum(NONSENSE), z.literal(true).transform(() => 'html' as const)])
    .optional(),
  /** Refuses with this code; on confirm the payment ends as ABORTED. */
  reject: z
    .string()
    .regex(/^[A-Z_]{3,60}$/)
    .optional(),
  /** With `fail_status`: the failure is kept under the idempotency key, and comes again. */
  keep_error: z.literal(true).optional(),
  /** Refusals are not kept under idempotency keys. */
  forget_error: z.literal(true).optional(),
  /** A payment opened so can be cancelled as a whole only. */
  whole_only: z.literal(true).optional(),
  /** What is paid back from a virtual account is under way until somebody says what became of it. */
  refund_pending: z.literal(true).optional(),
  twice: z.literal(true).optional(),
  lose_webhook: z.literal(true).optional(),
  late_webhook_ms: milliseconds.optional(),
  /** After DONE has been sent, sends ABORTED for the same payment. */
  stale_webhook: z.literal(true).optional(),
})

export const faultRule = effects
  .extend({
    operation: z.union([operation, z.array(operation).min(1)]).optional(),
    /** How often it strikes; without it, until it is taken away. */
    times: z.int().min(1).optional(),
  })
  .refine((rule) => has(rule, CALL_EFFECTS) !== has(rule, WEBHOOK_EFFECTS), {
    message: 'a fault has effects either on calls or on webhooks',
  })

export type FaultRule = z.infer<typeof faultRule>
export type Effects = z.infer<typeof effects>

function has(rule: Effects, names: readonly (keyof Effects)[]): boolean {
  return names.some((name) => rule[name] !== undefined)
}

function strikes(rule: FaultRule, at: Operation, paymentStatus: string | undefined): boolean {
  if (!has(rule, at === 'webhook' ? WEBHOOK_EFFECTS : CALL_EFFECTS)) return false
  if (rule.stale_webhook && paymentStatus !== 'DONE') return false
  return rule.operation === undefined || [rule.operation].flat().includes(at)
}

export interface FaultBook {
  add(rule: FaultRule): void
  clear(): void
  list(): readonly FaultRule[]
  /** All effects that strike now; counted rules are used up by it. */
  take(operation: Operation, paymentStatus?: string): Effects
}

export function createFaultBook(
  initial: readonly FaultRule[] = [],
  onChange: (rules: readonly FaultRule[]) => void = () => undefined,
): FaultBook {
  let rules = [...initial]
  const change = (next: FaultRule[]) => {
    rules = next
    onChange(rules)
  }
  return {
    add: (rule) => change([...rules, rule]),
    clear: () => change([]),
    list: () => rules,
    take(at, paymentStatus) {
      const striking = rules.filter((rule) => strikes(rule, at, paymentStatus))
      if (striking.some((rule) => rule.times !== undefined)) {
        change(
          rules.flatMap((rule) => {
            if (!striking.includes(rule) || rule.times === undefined) return [rule]
            return rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : []
          }),
        )
      }
      return Object.assign({}, ...striking) as Effects
    },
  }
}
