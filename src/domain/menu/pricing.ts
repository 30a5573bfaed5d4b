import { MAX_AMOUNT_MINOR, type Currency } from '../money.ts'
import type { ChosenOption } from '../order/order.ts'
import type { FieldError, Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { ItemOption, MenuItem } from './menu.ts'
import type { Quote, QuotedLine, RequestedLine } from './quote.ts'

/**
 * Prices the lines from the restaurant's own menu, items that have left it included (they are then out
 * of stock). Unknown or missing or too many options, and more portions of an item than one order may
 * hold, are refused together, each naming its field as the client wrote it; an item that was never
 * ours is not found.
 */
export function quote(
  requested: readonly RequestedLine[],
  menu: ReadonlyMap<string, MenuItem>,
  terms: { currency: Currency; menuVersion: number },
): Result<Quote, Refusal> {
  const errors: FieldError[] = []
  const lines: QuotedLine[] = []
  for (const [index, line] of requested.entries()) {
    const item = menu.get(line.itemId)
    if (item === undefined)
      return refuse({ kind: 'NOT_FOUND', what: 'item', field: `items.${index}.menu_id` })
    const { options, unitPrice } = pricePortion(item, line.options, `items.${index}`, errors)
    lines.push({
      itemId: item.id,
      itemNumber: item.number,
      name: item.name,
      options,
      unitPrice,
      quantity: line.quantity,
      total: unitPrice * line.quantity,
    })
  }
  errors.push(...aboveLimits(requested, menu))
  const totalAmount = lines.reduce((sum, line) => sum + line.total, 0)
  if (totalAmount > MAX_AMOUNT_MINOR) errors.push({ field: 'items', reason: 'total_too_large' })
  return errors.length > 0
    ? refuse({ kind: 'INVALID', errors })
    : ok({ lines, totalAmount, ...terms })
}

/** A portion with its options; what is wrong with them is reported under the line's field. */
export function pricePortion(
  item: Pick<MenuItem, 'price' | 'options'>,
  wanted: RequestedLine['options'],
  field: string,
  errors: FieldError[],
): { options: ChosenOption[]; unitPrice: number } {
  const options = choose(item.options, wanted, `${field}.options`, errors)
  const unitPrice = options.reduce((sum, option) => sum + option.priceDelta, item.price)
  if (unitPrice < 0) errors.push({ field, reason: 'negative_price' })
  return { options, unitPrice }
}

/** An item's lines count together; the line that goes beyond its limit is named. */
function aboveLimits(
  requested: readonly RequestedLine[],
  menu: ReadonlyMap<string, MenuItem>,
): FieldError[] {
  const wanted = new Map<string, number>()
  return requested.flatMap(({ itemId, quantity }, index) => {
    const before = wanted.get(itemId) ?? 0
    wanted.set(itemId, before + quantity)
    const limit = menu.get(itemId)?.maxPerOrder ?? null
    if (limit === null || before > limit || before + quantity <= limit) return []
    return [{ field: `items.${index}.quantity`, reason: 'too_big' }]
  })
}

function choose(
  options: readonly ItemOption[],
  wanted: RequestedLine['options'],
  field: string,
  errors: FieldError[],
): ChosenOption[] {
  const chosen: ChosenOption[] = []
  wanted.forEach((entry, index) => {
    const option = options.find((candidate) => candidate.id === entry.optionId)
    const choice = option?.choices.find(
      (candidate) => candidate.id === entry.choice.toLowerCase() || candidate.name === entry.choice,
    )
    if (option === undefined)
      errors.push({ field: `${field}.${index}.option_id`, reason: 'unknown_option' })
    else if (choice === undefined)
      errors.push({ field: `${field}.${index}.choice`, reason: 'unknown_choice' })
    else if (chosen.some((other) => other.choiceId === choice.id))
      errors.push({ field: `${field}.${index}.choice`, reason: 'repeated_choice' })
    else
      chosen.push({
        optionId: option.id,
        optionName: option.name,
        choiceId: choice.id,
        choiceName: choice.name,
        priceDelta: choice.priceDelta,
      })
  })
  for (const option of options) {
    const count = chosen.filter((choice) => choice.optionId === option.id).length
    const reason =
      count === 0 && option.required
        ? 'required_option'
        : count > option.max
          ? 'too_many_choices'
          : count > 0 && count < option.min
            ? 'too_few_choices'
            : null
    // The client may have written nothing of it: the option is named by its id.
    if (reason !== null) errors.push({ field: `${field}.${option.id}`, reason })
  }
  return chosen
}
