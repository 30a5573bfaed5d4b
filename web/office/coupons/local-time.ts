const two = (part: number): string => String(part).padStart(2, '0')

/** A moment as `datetime-local` fields write it, on this device's clock. */
export function localText(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The moment that such a field names; null where it is empty. */
export const instantOf = (text: string): string | null =>
  text === '' ? null : new Date(text).toISOString()
