import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
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
export const Unread = ({ onRetry }: { onRetry: () => void }) => (
  <div class="stack">
    <Wrong text={t('unreached')} />
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

interface FieldProps {
  name: string
  label: string
  value?: string | number | null | undefined
  type?: string
  hint?: string
  lang?: string
  required?: boolean
  min?: number
  max?: number
  step?: number
  maxLength?: number
  inputMode?: 'numeric' | 'decimal' | 'text'
  autocomplete?: string
}

/** One line of a form: its label, its field, a hint that screen readers tell with it. */
export function Field({ name, label, value, hint, type = 'text', ...rest }: FieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type as 'text'}
        defaultValue={value == null ? '' : String(value)}
        {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
        {...rest}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} class="soft">
          {hint}
        </p>
      )}
    </div>
  )
}

export const Check = ({
  name,
  label,
  checked,
  value,
}: {
  name: string
  label: string
  checked: boolean
  value?: string
}) => (
  <label class="check">
    <input
      type="checkbox"
      name={name}
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
}: {
  name: string
  label: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
}) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} defaultValue={value}>
        {options.map(([one, text]) => (
          <option key={one} value={one} selected={one === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A form whose submit is ours; the browser checks its fields first. */
export const Form = ({
  onSubmit,
  children,
  class: className = 'stack',
  label,
}: {
  onSubmit: (form: FormData, element: HTMLFormElement) => void
  children: ComponentChildren
  class?: string
  label?: string
}) => (
  <form
    class={className}
    {...(label !== undefined && { 'aria-label': label })}
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit(new FormData(event.currentTarget), event.currentTarget)
    }}
  >
    {children}
  </form>
)
