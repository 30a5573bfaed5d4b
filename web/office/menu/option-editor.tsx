import { useEffect, useRef, useState } from 'preact/hooks'
import { stepOf } from '../../lib/format.ts'
import { useNotes } from '../../ui/parts.tsx'
import { currency } from '../state.ts'
import { t as office } from '../words.ts'
import { inserted, moved } from './moved.ts'
import { newChoice, newOption, type ChoiceDraft, type OptionDraft } from './option-drafts.ts'
import { t } from './words.ts'

type Change = (next: readonly OptionDraft[]) => void

const replaced = <T extends { key: string }>(list: readonly T[], next: T): T[] =>
  list.map((one) => (one.key === next.key ? next : one))

/** What guests choose on a dish: sizes, sauces, how hot. */
export function OptionEditor({
  options,
  onChange,
}: {
  options: readonly OptionDraft[]
  onChange: Change
}) {
  const [gone, setGone] = useState<Gone | null>(null)
  const add = useRef<HTMLButtonElement>(null)
  return (
    <div class="stack">
      {options.map((option, at) => (
        <Option
          key={option.key}
          option={option}
          at={at}
          all={options}
          onChange={onChange}
          onGone={setGone}
        />
      ))}
      {gone !== null && (
        <GoneNote
          key={gone.key}
          text={gone.text}
          onBack={() => {
            onChange(gone.back(options))
            setGone(null)
            add.current?.focus()
          }}
        />
      )}
      <button
        ref={add}
        type="button"
        class="button"
        onClick={() => onChange([...options, newOption()])}
      >
        {t('addOption')}
      </button>
    </div>
  )
}

/** What was removed last, and how the options are with it back in its place. */
interface Gone {
  key: string
  text: string
  back: (options: readonly OptionDraft[]) => readonly OptionDraft[]
}

function GoneNote({ text, onBack }: { text: string; onBack: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  // The button that was tapped is gone.
  useEffect(() => button.current?.focus(), [])
  return (
    <div class="note row">
      <span role="status">{text}</span>
      <button ref={button} type="button" class="button button--small" onClick={onBack}>
        {office('undo')}
      </button>
    </div>
  )
}

function Option({
  option,
  at,
  all,
  onChange,
  onGone,
}: {
  option: OptionDraft
  at: number
  all: readonly OptionDraft[]
  onChange: Change
  onGone: (gone: Gone) => void
}) {
  const set = (changes: Partial<OptionDraft>) => onChange(replaced(all, { ...option, ...changes }))
  const number = at + 1
  const path = `options.${at}`
  const remove = () => {
    onChange(all.filter(({ key }) => key !== option.key))
    onGone({
      key: option.key,
      text: t('optionRemoved', { name: option.name === '' ? number : option.name }),
      back: (now) => inserted(now, at, option),
    })
  }
  const removeChoice = (choice: ChoiceDraft, place: number) => {
    set({ choices: option.choices.filter(({ key }) => key !== choice.key) })
    onGone({
      key: choice.key,
      text: t('choiceRemoved', { name: choice.name === '' ? place + 1 : choice.name }),
      back: (now) =>
        now.map((one) =>
          one.key === option.key ? { ...one, choices: inserted(one.choices, place, choice) } : one,
        ),
    })
  }
  return (
    <fieldset class="option">
      <legend class="unseen">{t('optionNumber', { number })}</legend>
      <div class="pair">
        <Typed
          label={t('optionName')}
          path={`${path}.name`}
          value={option.name}
          required
          onType={(name) => set({ name })}
        />
        <Typed
          label={t('inEnglish')}
          path={`${path}.names`}
          lang="en"
          value={option.en}
          onType={(en) => set({ en })}
        />
        <Typed
          label={t('atLeast')}
          path={`${path}.min`}
          number
          value={option.min}
          onType={(min) => set({ min })}
        />
        <Typed
          label={t('atMost')}
          path={`${path}.max`}
          number
          value={option.max}
          onType={(max) => set({ max })}
        />
      </div>
      {option.choices.map((choice, place) => (
        <Choice
          key={choice.key}
          choice={choice}
          place={place}
          path={`${path}.choices.${place}`}
          only={option.choices.length === 1}
          onChange={(next) => set({ choices: replaced(option.choices, next) })}
          onRemove={() => removeChoice(choice, place)}
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
        <button type="button" class="button button--small button--quiet" onClick={remove}>
          {t('removeOption')}
        </button>
      </div>
    </fieldset>
  )
}

const Choice = ({
  choice,
  place,
  path,
  only,
  onChange,
  onRemove,
}: {
  choice: ChoiceDraft
  place: number
  path: string
  only: boolean
  onChange: (next: ChoiceDraft) => void
  onRemove: () => void
}) => (
  <div class="option__choice" role="group" aria-label={t('choiceNumber', { number: place + 1 })}>
    <Typed
      label={t('choiceName')}
      path={`${path}.name`}
      value={choice.name}
      required
      onType={(name) => onChange({ ...choice, name })}
    />
    <Typed
      label={t('inEnglish')}
      path={`${path}.names`}
      lang="en"
      value={choice.en}
      onType={(en) => onChange({ ...choice, en })}
    />
    <Typed
      label={t('morePrice')}
      path={`${path}.price_delta`}
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
  path,
  value,
  onType,
  number = false,
  money = false,
  required = false,
  lang,
}: {
  label: string
  path: string
  value: string
  onType: (text: string) => void
  number?: boolean
  money?: boolean
  required?: boolean
  lang?: string
}) {
  const type: string = number || money ? 'number' : 'text'
  const { id, described, notes } = useNotes(path, undefined)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type as 'text'}
        required={required || number || money}
        {...(number && { min: 0, max: 50, step: 1 })}
        {...(money && { step: stepOf(currency.value) })}
        {...(lang !== undefined && { lang })}
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
        {...described}
      />
      {notes}
    </div>
  )
}
