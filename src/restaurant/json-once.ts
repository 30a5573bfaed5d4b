let last: { value: object; text: string } | null = null

/**
 * The JSON of something that never changes: what an event is about is stored, and right afterwards sent
 * on its way. Only the last one is remembered.
 */
export function jsonOnce(value: object): string {
  if (last?.value !== value) last = { value, text: JSON.stringify(value) }
  return last.text
}
