import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Trouble } from '../lib/outcome.ts'
import { FormContext, newForm, unmark, useProblem, whileSending } from './problems.ts'
import { Sheet } from './sheet.tsx'
import { t } from './words.ts'

/** What went wrong, heard at once; nothing while nothing did. */
export const Wrong = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p class="note note--bad" role="alert">
      {text}
    </p>
  )

/** A list or a figure that could not be read, and how to try anew. */
export const Unread = ({ trouble, onRetry }: { trouble?: Trouble; onRetry: () => void }) => (
  <div class="stack">
    <Wrong text={trouble?.message ?? t('unreached')} />
    <button type="button" class="button" onClick={onRetry}>
      {t('retry')}
    </button>
  </div>
)

export const Loading = () => (
  <p role="status" class="soft">
    {t('loading')}
  </p>
)

/** Stands where something is to be read, until it is. */
export function Pending({
  of: { kind, trouble },
  again,
}: {
  of: { kind: string; trouble?: Trouble }
  again: () => void
}) {
  if (kind === 'loading') return <Loading />
  return kind === 'unread' ? (
    <Unread onRetry={again} {...(trouble !== undefined && { trouble })} />
  ) : null
}

/** Asks once more before something cannot be taken back. */
export const Confirm = ({
  title,
  text,
  yes,
  busy,
  trouble,
  onYes,
  onClose,
  children,
}: {
  title: string
  text: string
  yes: string
  busy: boolean
  trouble: string | null
  onYes: () => void
  onClose: () => void
  children?: ComponentChildren
}) => (
  <Sheet title={title} closeLabel={t('close')} onClose={onClose}>
    <p>{text}</p>
    <Wrong text={trouble} />
    {children}
    <button type="button" class="button button--bad button--wide" disabled={busy} onClick={onYes}>
      {yes}
    </button>
  </Sheet>
)

/** What is wrong with a field, or what helps with it; `described` goes to the field itself. */
export function useNotes(path: string, hint: string | undefined) {
  const id = useId()
  const problem = useProblem(path)
  const by = [problem !== null && `${id}-wrong`, hint !== undefined && `${id}-hint`].filter(Boolean)
  return {
    id,
    described: {
      'data-path': path,
      ...(problem !== null && { 'aria-invalid': true as const }),
      ...(by.length > 0 && { 'aria-describedby': by.join(' ') }),
    },
    notes: (
      <>
        {problem !== null && (
          <p id={`${id}-wrong`} class="field__error">
            {problem}
          </p>
        )}
        {hint !== undefined && (
          <p id={`${id}-hint`} class="soft">
            {hint}
          </p>
        )}
      </>
    ),
  }
}

interface FieldProps {
  name: string
  label: string
  /** Where the API has it, if not under its name: `deposit_account.bank`. */
  path?: string
  value?: string | number | null | undefined
  type?: string
  hint?: string
  lang?: string
  list?: string
  required?: boolean
  min?: number
  max?: number
  step?: number
  minLength?: number
  maxLength?: number
  inputMode?: 'numeric' | 'decimal' | 'text'
  autocomplete?: string
}

/** One line of a form: its label, its field, a hint and what is wrong, told together. */
export function Field({
  name,
  label,
  path = name,
  value,
  hint,
  type = 'text',
  ...rest
}: FieldProps) {
  const { id, described, notes } = useNotes(path, hint)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type as 'text'}
        defaultValue={value == null ? '' : String(value)}
        {...described}
        {...rest}
      />
      {notes}
    </div>
  )
}

export const Check = ({
  name,
  label,
  checked,
  value,
  path = name,
}: {
  name: string
  label: string
  checked: boolean
  value?: string
  /** Empty: one of several that are one field together. */
  path?: string
}) => (
  <label class="check">
    <input
      type="checkbox"
      name={name}
      {...(path !== '' && { 'data-path': path })}
      defaultChecked={checked}
      {...(value !== undefined && { value })}
    />
    <span>{label}</span>
  </label>
)

/** A choice of a few, as a list that opens. */
export function Select({
  name,
  label,
  value,
  options,
  path = name,
  hint,
}: {
  name: string
  label: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
  path?: string
  hint?: string
}) {
  const { id, described, notes } = useNotes(path, hint)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} defaultValue={value} {...described}>
        {options.map(([one, text]) => (
          <option key={one} value={one} selected={one === value}>
            {text}
          </option>
        ))}
      </select>
      {notes}
    </div>
  )
}

/** Several choices under one name, and what is wrong with them all. */
export function Choices({
  path,
  legend,
  hint,
  children,
}: {
  path: string
  legend: string
  hint?: string
  children: ComponentChildren
}) {
  const { described, notes } = useNotes(path, hint)
  const { 'aria-invalid': _, ...told } = described
  return (
    <fieldset class="stack" {...told}>
      <legend>
        <strong>{legend}</strong>
      </legend>
      {notes}
      {children}
    </fieldset>
  )
}

/** A form whose submit is ours; the browser checks its fields first, the server what is sent. */
export function Form({
  onSubmit,
  children,
  class: className = 'stack',
  label,
}: {
  onSubmit: (form: FormData, element: HTMLFormElement) => void
  children: ComponentChildren
  class?: string
  label?: string
}) {
  const [shown] = useState(newForm)
  return (
    <FormContext.Provider value={shown}>
      <form
        ref={(element) => {
          shown.element = element
        }}
        class={className}
        {...(label !== undefined && { 'aria-label': label })}
        onInput={(event) => unmark(shown, event.target)}
        onSubmit={(event) => {
          event.preventDefault()
          const element = event.currentTarget
          whileSending(shown, () => onSubmit(new FormData(element), element))
        }}
      >
        {children}
      </form>
    </FormContext.Provider>
  )
}
