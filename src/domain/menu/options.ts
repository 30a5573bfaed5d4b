import type { OptionInput } from '../commands.ts'
import type { FieldError } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { Choice, ItemOption } from './menu.ts'
import { MAX_ITEM_PRICE } from './price.ts'
import type { Translations } from './translations.ts'

export const MAX_OPTIONS = 20
export const MAX_CHOICES = 50

type MintId = () => string
type Report = (field: string, reason: string) => void

/**
 * The options an item gets: ids that are given must be the item's own and are kept, the others are
 * minted. Everything that is wrong is named at once.
 */
export function composeOptions(
  inputs: readonly OptionInput[],
  existing: readonly ItemOption[],
  mintId: MintId,
): Result<ItemOption[], FieldError[]> {
  const errors: FieldError[] = []
  const report: Report = (field, reason) => errors.push({ field, reason })
  if (inputs.length > MAX_OPTIONS) report('options', 'too_big')
  reportRepeats(inputs, 'options', report)
  const options = inputs.map((input, index) =>
    composeOption(input, `options.${index}`, existing, mintId, report),
  )
  return errors.length > 0 ? refuse(errors) : ok(options)
}

function composeOption(
  input: OptionInput,
  field: string,
  existing: readonly ItemOption[],
  mintId: MintId,
  report: Report,
): ItemOption {
  const before = existing.find(({ id }) => id === input.id)
  if (input.id !== undefined && before === undefined) report(`${field}.id`, 'unknown_option')
  const min = input.min ?? (input.required ? 1 : 0)
  const max = input.max ?? Math.max(1, min)
  checkCounts(input, { min, max }, field, report)
  reportRepeats(input.choices, `${field}.choices`, report)
  return {
    id: input.id ?? mintId(),
    name: input.name,
    ...given(input.names),
    required: input.required,
    min,
    max,
    choices: input.choices.map((choice, index) =>
      composeChoice(choice, `${field}.choices.${index}`, before?.choices ?? [], mintId, report),
    ),
  }
}

function checkCounts(
  { required, choices }: OptionInput,
  { min, max }: { min: number; max: number },
  field: string,
  report: Report,
): void {
  if (choices.length === 0) report(`${field}.choices`, 'too_small')
  else if (choices.length > MAX_CHOICES) report(`${field}.choices`, 'too_big')
  else if (max > choices.length) report(`${field}.max`, 'more_than_choices')
  if (min < (required ? 1 : 0)) report(`${field}.min`, 'too_small')
  if (min > max) report(`${field}.min`, 'more_than_max')
  if (max < 1) report(`${field}.max`, 'too_small')
}

function composeChoice(
  { id, name, names, priceDelta }: OptionInput['choices'][number],
  field: string,
  existing: readonly Choice[],
  mintId: MintId,
  report: Report,
): Choice {
  if (id !== undefined && !existing.some((choice) => choice.id === id))
    report(`${field}.id`, 'unknown_choice')
  if (!Number.isSafeInteger(priceDelta)) report(`${field}.price_delta`, 'invalid_type')
  else if (Math.abs(priceDelta) > MAX_ITEM_PRICE)
    report(`${field}.price_delta`, priceDelta < 0 ? 'too_small' : 'too_big')
  return { id: id ?? mintId(), name, ...given(names), priceDelta }
}

const given = (names: Translations | undefined): { names?: Translations } =>
  names === undefined || Object.keys(names).length === 0 ? {} : { names }

/** A guest may choose by name, so a name must say which; an id twice would be two things in one. */
function reportRepeats(
  entries: readonly { id?: string | undefined; name: string }[],
  field: string,
  report: Report,
): void {
  entries.forEach(({ id, name }, index) => {
    const earlier = entries.slice(0, index)
    if (earlier.some((other) => other.name === name)) report(`${field}.${index}.name`, 'repeated')
    if (id !== undefined && earlier.some((other) => other.id === id))
      report(`${field}.${index}.id`, 'repeated')
  })
}
