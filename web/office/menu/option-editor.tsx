import { stepOf } from '../../lib/format.ts'
import { currency } from '../state.ts'
import { moved } from './moved.ts'
import { newChoice, newOption, type ChoiceDraft, type OptionDraft } from './option-drafts.ts'
import { t } from './words.ts'

type Change = (next: readonly OptionDraft[]) => void

const replaced = <T extends { key: string }>(list: readonly T[], next: T): T[] =>
  list.map((one) => (one.key === next.key ? next : one))

/** What guests choose on a dish: sizes, sauces, how hot. */
export const OptionEditor = ({
  options,
  onChange,
}: {
  options: readonly OptionDraft[]
  onChange: Change
}) => (
  <div class="stack">
    {options.map((option, at) => (
      <Option key={option.key} option={option} at={at} all={options} onChange={onChange} />
    ))}
    <button type="button" class="button" onClick={() => onChange([...options, newOption()])}>
      {t('addOption')}
    </button>
  </div>
)

function Option({
  option,
  at,
  all,
  onChange,
}: {
  option: OptionDraft
  at: number
  all: readonly OptionDraft[]
  onChange: Change
}) {
  const set = (changes: Partial<OptionDraft>) => onChange(replaced(all, { ...option, ...changes }))
  const number = at + 1
  return (
    <fieldset class="option">
      <legend class="unseen">{t('optionNumber', { number })}</legend>
      <div class="pair">
        <Typed
          label={t('optionName')}
          value={option.name}
          required
          onType={(name) => set({ name })}
        />
        <Typed label={t('inEnglish')} lang="en" value={option.en} onType={(en) => set({ en })} />
        <Typed label={t('atLeast')} number value={option.min} onType={(min) => set({ min })} />
        <Typed label={t('atMost')} number value={option.max} onType={(max) => set({ max })} />
      </div>
      {option.choices.map((choice, place) => (
        <Choice
          key={choice.key}
          choice={choice}
          place={place}
          only={option.choices.length === 1}
          onChange={(next) => set({ choices: replaced(option.choices, next) })}
          onRemove={() => set({ choices: option.choices.filter(({ key }) => key !== choice.key) })}
        />
      ))}
      <div class="tools">
        <button
          type="button"
          class="button button--small"
          onClick={() => set({ choices: [...option.choices, newChoice()] })}
        >
          {t('addChoice')}
        </button>
        <button
          type="button"
          class="button button--small"
          disabled={at === 0}
          aria-label={t('optionUp', { number })}
          onClick={() => onChange(moved(all, at, -1))}
        >
          ↑
        </button>
        <button
          type="button"
          class="button button--small"
          disabled={at === all.length - 1}
          aria-label={t('optionDown', { number })}
          onClick={() => onChange(moved(all, at, 1))}
        >
          ↓
        </button>
        <button
          type="button"
          class="button button--small button--quiet"
          onClick={() => onChange(all.filter(({ key }) => key !== option.key))}
        >
          {t('removeOption')}
        </button>
      </div>
    </fieldset>
  )
}

const Choice = ({
  choice,
  place,
  only,
  onChange,
  onRemove,
}: {
  choice: ChoiceDraft
  place: number
  only: boolean
  onChange: (next: ChoiceDraft) => void
  onRemove: () => void
}) => (
  <div class="option__choice" role="group" aria-label={t('choiceNumber', { number: place + 1 })}>
    <Typed
      label={t('choiceName')}
      value={choice.name}
      required
      onType={(name) => onChange({ ...choice, name })}
    />
    <Typed
      label={t('inEnglish')}
      lang="en"
      value={choice.en}
      onType={(en) => onChange({ ...choice, en })}
    />
    <Typed
      label={t('morePrice')}
      money
      value={choice.more}
      onType={(more) => onChange({ ...choice, more })}
    />
    <button
      type="button"
      class="button button--small"
      disabled={only}
      aria-label={t('removeChoice', { name: choice.name === '' ? place + 1 : choice.name })}
      onClick={onRemove}
    >
      ✕
    </button>
  </div>
)

function Typed({
  label,
  value,
  onType,
  number = false,
  money = false,
  required = false,
  lang,
}: {
  label: string
  value: string
  onType: (text: string) => void
  number?: boolean
  money?: boolean
  required?: boolean
  lang?: string
}) {
  const type: string = number || money ? 'number' : 'text'
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type={type as 'text'}
        required={required || number || money}
        {...(number && { min: 0, max: 50, step: 1 })}
        {...(money && { step: stepOf(currency.value) })}
        {...(lang !== undefined && { lang })}
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  )
}
