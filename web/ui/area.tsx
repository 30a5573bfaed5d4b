import { useNotes } from './parts.tsx'

/** Several lines of text: their label, their field, a hint and what is wrong, told together. */
export function Area({
  name,
  label,
  path = name,
  hint,
  rows = 3,
  ...rest
}: {
  name: string
  label: string
  /** Where the API has it, if not under its name. */
  path?: string
  hint?: string
  rows?: number
  required?: boolean
  minLength?: number
  maxLength?: number
}) {
  const { id, described, notes } = useNotes(path, hint)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} name={name} rows={rows} {...described} {...rest} />
      {notes}
    </div>
  )
}
