import { useId } from 'preact/hooks'

/** Several lines of text: their label, their field, a hint that screen readers tell with it. */
export function Area({
  name,
  label,
  hint,
  rows = 3,
  ...rest
}: {
  name: string
  label: string
  hint?: string
  rows?: number
  required?: boolean
  minLength?: number
  maxLength?: number
}) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows}
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
