import type { StockLevel } from '../menu/menu.ts'
import type { FieldError, Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { MAX_LEVEL } from './adjust.ts'

/** What is left out stays; null takes the rule away. */
export interface StockRules {
  /** Staff are told when no more than this many portions can be ordered. */
  lowAt?: number | null | undefined
  /** What the level becomes when a business day begins. */
  dailyPortions?: number | null | undefined
}

/** The most and least of each rule; a day of no portions would be an item taken off the menu. */
const LEAST = { lowAt: 0, dailyPortions: 1 } as const
/** As clients name them. */
const FIELDS = { lowAt: 'low_stock_threshold', dailyPortions: 'daily_portions' } as const

/**
 * The item's stock under its new rules. Daily portions begin with the next business day: what there is
 * `today` stays as it was counted.
 */
export function editStockRules(
  current: StockLevel | null,
  changes: StockRules,
  today: string,
): Result<StockLevel, Refusal> {
  if (current === null) return invalid([{ field: 'menu_id', reason: 'not_counted' }])
  const errors = RULES.flatMap((rule) => {
    const reason = outOfRange(rule, changes[rule])
    return reason === null ? [] : [{ field: FIELDS[rule], reason }]
  })
  if (errors.length > 0) return invalid(errors)
  const { lowAt = current.lowAt ?? null, dailyPortions = current.dailyPortions ?? null } = changes
  const portionsDay = dailyPortions === null ? null : (current.portionsDay ?? today)
  return ok({ ...current, lowAt, dailyPortions, portionsDay })
}

const invalid = (errors: readonly FieldError[]) => refuse<Refusal>({ kind: 'INVALID', errors })

const RULES = ['lowAt', 'dailyPortions'] as const

function outOfRange(rule: keyof typeof LEAST, wanted: number | null | undefined): string | null {
  if (wanted === undefined || wanted === null) return null
  if (!Number.isSafeInteger(wanted)) return 'invalid_type'
  if (wanted < LEAST[rule]) return 'too_small'
  return wanted > MAX_LEVEL ? 'too_big' : null
}
