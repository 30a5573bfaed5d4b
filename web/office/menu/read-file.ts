/** What the API takes in at most. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024

export type MenuText =
  | { ok: true; content: Record<string, unknown> }
  | { ok: false; why: 'tooLarge' | 'notJson' | 'notMenu'; line?: number }

/** A menu file's content, or what keeps it from being one and where. */
export function menuOf(text: string): MenuText {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const line = lineOf(String(error), text)
    return { ok: false, why: 'notJson', ...(line !== null && { line }) }
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return { ok: false, why: 'notMenu' }
  if (!('categories' in content)) return { ok: false, why: 'notMenu' }
  return { ok: true, content: content }
}

/** Browsers say where in words of their own: a line, or how many characters in. */
export function lineOf(message: string, text: string): number | null {
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length
}

interface Named {
  name?: unknown
  items?: unknown
  options?: unknown
  choices?: unknown
}

const nameOf = (entry: Named | undefined): string | null =>
  typeof entry?.name === 'string' && entry.name !== '' ? entry.name : null

const entryAt = (list: unknown, at: string | undefined): Named | undefined =>
  Array.isArray(list) && at !== undefined ? (list as Named[])[Number(at)] : undefined

/** Where in a menu a path of the API points: `디저트 › 호떡 › price`; places without a name by number. */
export function placeInMenu(path: string, content: Record<string, unknown>): string {
  const parts = path.split('.')
  const places: string[] = []
  let within: Named | undefined
  const lists = { categories: content.categories } as Record<string, unknown>
  while (parts.length > 1) {
    const [list = '', at] = parts
    const found: unknown = within === undefined ? lists[list] : within[list as keyof Named]
    if (!Array.isArray(found) || !/^\d+$/.test(at ?? '')) break
    within = entryAt(found, at)
    places.push(nameOf(within) ?? `${list} ${Number(at) + 1}`)
    parts.splice(0, 2)
  }
  return [...places, ...(parts.length > 0 ? [parts.join('.')] : [])].join(' › ')
}
