/** The text of a form's field; empty where there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** The number of a form's field; null where it is left empty. */
export function numberOf(form: FormData, name: string): number | null {
  const text = textOf(form, name).trim()
  return text === '' || !Number.isFinite(Number(text)) ? null : Number(text)
}
