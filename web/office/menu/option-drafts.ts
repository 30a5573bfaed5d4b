import { amountOf, typedAmount } from '../../lib/format.ts'
import type { Item } from './data.ts'

/** What is being typed: amounts and limits are text until they are sent. */
export interface ChoiceDraft {
  key: string
  id: string | null
  name: string
  en: string
  more: string
}
export interface OptionDraft {
  key: string
  id: string | null
  name: string
  en: string
  min: string
  max: string
  choices: readonly ChoiceDraft[]
}

export const newChoice = (): ChoiceDraft => ({
  key: crypto.randomUUID(),
  id: null,
  name: '',
  en: '',
  more: '0',
})

export const newOption = (): OptionDraft => ({
  key: crypto.randomUUID(),
  id: null,
  name: '',
  en: '',
  min: '0',
  max: '1',
  choices: [newChoice()],
})

export const draftsOf = (options: Item['options'], currency: string): OptionDraft[] =>
  options.map(({ id, name, names, min, max, choices }) => ({
    key: id,
    id,
    name,
    en: names.en ?? '',
    min: String(min),
    max: String(max),
    choices: choices.map((choice) => ({
      key: choice.id,
      id: choice.id,
      name: choice.name,
      en: choice.names.en ?? '',
      more: typedAmount(choice.price_delta, currency),
    })),
  }))

const namesOf = (en: string) => (en.trim() === '' ? {} : { en: en.trim() })
const idOf = (id: string | null) => (id === null ? {} : { id })

/** As the API takes them; what has an id keeps it. */
export const optionsOf = (drafts: readonly OptionDraft[], currency: string) =>
  drafts.map(({ id, name, en, min, max, choices }) => ({
    ...idOf(id),
    name: name.trim(),
    names: namesOf(en),
    required: Number(min) > 0,
    min: Number(min),
    max: Number(max),
    choices: choices.map((choice) => ({
      ...idOf(choice.id),
      name: choice.name.trim(),
      names: namesOf(choice.en),
      price_delta: amountOf(Number(choice.more), currency),
    })),
  }))
