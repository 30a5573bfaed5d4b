import type { Outcome } from './outcome.ts'

interface Page<T> {
  items: readonly T[]
  next_cursor: string | null
}

/** Every entry of a list; its pages are read one after the other. */
export async function wholeList<T>(
  read: (query: Record<string, string>) => Promise<Outcome<Page<T>>>,
): Promise<Outcome<readonly T[]>> {
  const all: T[] = []
  let cursor: string | null = null
  do {
    const page: Outcome<Page<T>> = await read({ limit: '100', ...(cursor !== null && { cursor }) })
    if (!page.ok) return page
    all.push(...page.value.items)
    cursor = page.value.next_cursor
  } while (cursor !== null)
  return { ok: true, value: all }
}
