import { isAvailable } from '../menu/availability.ts'
import type { MenuItemWithStock } from '../menu/menu.ts'
import { pricePortion } from '../menu/pricing.ts'
import type { RequestedLine } from '../menu/quote.ts'
import { inLanguage } from '../menu/translations.ts'
import type { Locale } from '../locale.ts'
import { MAX_AMOUNT_MINOR, type AmountMinor } from '../money.ts'
import type { FieldError } from '../refusal.ts'
import { available } from '../stock/stock.ts'
import type { ChosenOption } from './order.ts'

/**
 * Why a line cannot be ordered as it is. Errors of options name their field within the line. A line is
 * judged after those before it: `available` and `limit` are what these leave of it.
 */
export type LineProblem =
  | { kind: 'ITEM_GONE' }
  | { kind: 'SOLD_OUT' }
  | { kind: 'NOT_ENOUGH'; available: number }
  /** An option or a choice is not on the menu any more. */
  | { kind: 'OPTION_GONE'; errors: readonly FieldError[] }
  | { kind: 'OPTIONS_INVALID'; errors: readonly FieldError[] }
  | { kind: 'ABOVE_LIMIT'; limit: number }
  | { kind: 'TOTAL_TOO_LARGE' }

/** A line as the menu offers it now, in the reader's language. */
export interface OfferedLine {
  itemId: string
  /** Null: the restaurant never had it. */
  item: {
    number: number
    name: string
    categoryId: string
    image: string | null
    maxPerOrder: number | null
  } | null
  options: readonly ChosenOption[]
  /** Null where item or options leave it open. */
  unitPrice: AmountMinor | null
  quantity: number
  total: AmountMinor | null
  /** Its share of the discount; 0 on lines that cannot be ordered. */
  discount: AmountMinor
  /** Null: it can be ordered, together with the others that can. */
  problem: LineProblem | null
}

/** Room for the fees that come on top of the lines. */
const MOST_OF_LINES = MAX_AMOUNT_MINOR / 2

interface Room {
  portions: Map<string, number>
  amount: AmountMinor
}

/** Every line as it stands: nothing about one of them is a reason to refuse the others. */
export function offerLines(
  requested: readonly RequestedLine[],
  menu: ReadonlyMap<string, MenuItemWithStock>,
  locale: Locale,
): OfferedLine[] {
  const taken: Room = { portions: new Map(), amount: 0 }
  return requested.map((line) => offerLine(line, menu.get(line.itemId), taken, locale))
}

function offerLine(
  { itemId, options: wanted, quantity }: RequestedLine,
  item: MenuItemWithStock | undefined,
  taken: Room,
  locale: Locale,
): OfferedLine {
  if (item === undefined) {
    const unknown = { item: null, options: [], unitPrice: null, total: null, discount: 0 }
    return { itemId, quantity, ...unknown, problem: { kind: 'ITEM_GONE' } }
  }
  const errors: FieldError[] = []
  const priced = pricePortion(item, wanted, '', errors)
  const unitPrice = errors.length > 0 ? null : priced.unitPrice
  const total = unitPrice === null ? null : unitPrice * quantity
  const problem = problemOf(item, quantity, errors, taken) ?? tooLarge(taken.amount + (total ?? 0))
  if (problem === null) {
    taken.portions.set(itemId, (taken.portions.get(itemId) ?? 0) + quantity)
    taken.amount += total ?? 0
  }
  const { number, categoryId, image, maxPerOrder } = item
  const name = inLanguage(locale, item.name, item.names)
  return {
    itemId,
    item: { number, name, categoryId, image, maxPerOrder },
    options: priced.options.map((option) => translated(option, item, locale)),
    ...{ unitPrice, quantity, total, discount: 0, problem },
  }
}

const tooLarge = (amount: AmountMinor): LineProblem | null =>
  amount > MOST_OF_LINES ? { kind: 'TOTAL_TOO_LARGE' } : null

function problemOf(
  item: MenuItemWithStock,
  quantity: number,
  errors: readonly FieldError[],
  { portions }: Room,
): LineProblem | null {
  if (item.deleted) return { kind: 'ITEM_GONE' }
  if (!isAvailable(item)) return { kind: 'SOLD_OUT' }
  if (errors.length > 0) return { kind: kindOf(errors), errors: errors.map(withinLine) }
  const before = portions.get(item.id) ?? 0
  const limit = item.maxPerOrder === null ? Infinity : item.maxPerOrder - before
  if (quantity > limit) return { kind: 'ABOVE_LIMIT', limit: Math.max(0, limit) }
  const left = (available(item.stock) ?? Infinity) - before
  return quantity > left ? { kind: 'NOT_ENOUGH', available: Math.max(0, left) } : null
}

const GONE: readonly string[] = ['unknown_option', 'unknown_choice']
const kindOf = (errors: readonly FieldError[]) =>
  errors.some(({ reason }) => GONE.includes(reason)) ? 'OPTION_GONE' : 'OPTIONS_INVALID'

/** As the client wrote it, without the line before it; what names no field is the options' together. */
const withinLine = ({ field, reason }: FieldError): FieldError => ({
  field: field.slice(1) || 'options',
  reason,
})

function translated(
  chosen: ChosenOption,
  { options }: MenuItemWithStock,
  locale: Locale,
): ChosenOption {
  const option = options.find(({ id }) => id === chosen.optionId)
  const choice = option?.choices.find(({ id }) => id === chosen.choiceId)
  return {
    ...chosen,
    optionName: inLanguage(locale, chosen.optionName, option?.names),
    choiceName: inLanguage(locale, chosen.choiceName, choice?.names),
  }
}
