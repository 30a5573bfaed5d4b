import { signal, type Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Trouble } from '../lib/outcome.ts'

/** What the server found wrong with a field, by its path in what was sent. */
export interface FieldError {
  field: string
  reason: string
}

/** What stands at a field until it is written anew. */
export interface Problem {
  path: string
  text: string
}

/** A form as it is shown, with what was found wrong with what it sent last. */
export interface ShownForm {
  element: HTMLFormElement | null
  problems: Signal<readonly Problem[]>
}

export const newForm = (): ShownForm => ({ element: null, problems: signal([]) })
export const FormContext = createContext<ShownForm | null>(null)

/** What is wrong with the field of that path; null while nothing is. */
export function useProblem(path: string): string | null {
  const form = useContext(FormContext)
  return form?.problems.value.find((problem) => problem.path === path)?.text ?? null
}

export function errorsOf({ details }: Trouble): FieldError[] {
  const errors = Array.isArray(details.errors) ? (details.errors as Partial<FieldError>[]) : []
  return errors.flatMap(({ field, reason }) =>
    typeof field === 'string' && typeof reason === 'string' ? [{ field, reason }] : [],
  )
}

/** The path among those of a form that a field belongs to: its own, else the longest it lies within. */
export function placeOf(field: string, paths: readonly string[]): string | null {
  const around = paths.filter((path) => field === path || field.startsWith(`${path}.`))
  return around.reduce<string | null>(
    (best, path) => (best === null || path.length > best.length ? path : best),
    null,
  )
}

let sending: ShownForm | null = null

/** Runs a form's submit: what is begun in it is that form's. */
export function whileSending(form: ShownForm, submit: () => void): void {
  form.problems.value = []
  sending = form
  try {
    submit()
  } finally {
    sending = null
  }
}
export const formBeingSent = (): ShownForm | null => sending

const fieldsIn = (form: ShownForm): HTMLElement[] => [
  ...(form.element?.querySelectorAll<HTMLElement>('[data-path]') ?? []),
]
const pathOf = (field: HTMLElement): string => field.dataset.path ?? ''

/** What a field is called where it is shown. */
function labelOf(field: HTMLElement): string | null {
  const labels = (field as HTMLInputElement).labels as NodeListOf<HTMLLabelElement> | undefined
  const text =
    field.getAttribute('aria-label') ??
    labels?.[0]?.textContent ??
    field.querySelector('legend')?.textContent
  return text?.trim() ?? null
}

/** The label of the field that a path belongs to; null where the form has none. */
export function labelIn(form: ShownForm, field: string): string | null {
  const fields = fieldsIn(form)
  const path = placeOf(field, fields.map(pathOf))
  const found = fields.find((one) => pathOf(one) === path)
  return found === undefined ? null : labelOf(found)
}

/** Marks the fields that are wrong, and goes to the first of them. */
export function mark(form: ShownForm, wrong: readonly { field: string; text: string }[]): void {
  const fields = fieldsIn(form)
  const paths = fields.map(pathOf)
  form.problems.value = wrong.flatMap(({ field, text }) => {
    const path = placeOf(field, paths)
    return path === null ? [] : [{ path, text }]
  })
  const marked = form.problems.value.map(({ path }) => path)
  const first = fields.find((field) => marked.includes(pathOf(field)))
  // What describes it is to be there before it is heard.
  if (first !== undefined) setTimeout(() => show(first))
}

function show(field: HTMLElement): void {
  const fold = field.closest('details')
  if (fold !== null) fold.open = true
  const target = field.matches('input, select, textarea, [tabindex]')
    ? field
    : field.querySelector<HTMLElement>('input, select, textarea')
  target?.focus()
}

/** A field that is written anew is wrong no more. */
export function unmark(form: ShownForm, target: EventTarget | null): void {
  if (form.problems.value.length === 0 || !(target instanceof HTMLElement)) return
  const path = target.closest<HTMLElement>('[data-path]')?.dataset.path
  form.problems.value = form.problems.value.filter((problem) => problem.path !== path)
}
