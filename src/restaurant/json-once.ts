const written = new WeakMap<object, string>()

/** The JSON of something that never changes: what an event is about is stored, and sent on its way too. */
export function jsonOnce(value: object): string {
  const known = written.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  written.set(value, text)
  return text
}
