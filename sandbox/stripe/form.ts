export type FormValue = string | FormValue[] | { [name: string]: FormValue }
export type FormFields = Record<string, FormValue>

/** `a[b][0]=c` as Stripe's API takes it, from a body or a query. */
export function parseForm(text: string): FormFields {
  const fields: FormFields = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+/g)].map(([part]) => part)
    let at: FormFields = fields
    path.forEach((part, depth) => {
      if (depth === path.length - 1) at[part] = value
      else {
        const inner = at[part]
        const next = typeof inner === 'object' && !Array.isArray(inner) ? inner : {}
        at[part] = next
        at = next
      }
    })
  }
  return fields
}

export const textOf = (fields: FormFields, name: string): string | null => {
  const value = fields[name]
  return typeof value === 'string' ? value : null
}

/** A map of texts, such as `metadata`. */
export function textsOf(fields: FormFields, name: string): Record<string, string> {
  const value = fields[name]
  if (typeof value !== 'object' || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )
}

/** Elements of `expand[0]=…`. */
export const listOf = (fields: FormFields, name: string): string[] =>
  Object.values(textsOf(fields, name))

/** Null where it is no whole number. */
export function wholeOf(fields: FormFields, name: string): number | null {
  const text = textOf(fields, name)
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null
}
