import { useEffect, useRef, useState } from 'preact/hooks'
import type { Outcome, Trouble } from '../lib/outcome.ts'

interface Page<T> {
  items: readonly T[]
  next_cursor: string | null
}

export interface Pages<T> {
  state: 'loading' | 'unread' | 'read'
  /** Why it, or more of it, did not come last. */
  trouble: Trouble | null
  items: readonly T[]
  /** Whether there is a next page, and whether it is on its way or did not come. */
  next: 'none' | 'there' | 'loading' | 'unread'
  more: () => Promise<void>
  /** Reads from the start; what was read stays in sight meanwhile. */
  again: () => Promise<void>
  /** Another text of an entry that is known better than the list says. */
  put: (same: (item: T) => boolean, item: T) => void
}

interface Known<T> {
  /** Of which list it is. */
  about: string
  state: Pages<T>['state']
  trouble: Trouble | null
  items: readonly T[]
  cursor: string | null
  next: 'idle' | 'loading' | 'unread'
}

/** A list that comes page by page; read once shown and from its start whenever `about` changes. */
export function usePages<T>(
  read: (query: Record<string, string>) => Promise<Outcome<Page<T>>>,
  about = '',
): Pages<T> {
  const first: Known<T> = {
    about,
    ...{ state: 'loading', trouble: null },
    ...{ items: [], cursor: null, next: 'idle' },
  }
  const [held, setKnown] = useState(first)
  // Another list is asked for by the next effect only: until then this one is nobody's.
  const known = held.about === about ? held : first
  const latest = useRef(0)
  const load = async (cursor: string | null) => {
    latest.current += 1
    const mine = latest.current
    if (cursor !== null) setKnown((before) => ({ ...before, next: 'loading' }))
    const page = await read(cursor === null ? {} : { cursor })
    if (mine !== latest.current) return
    setKnown((before) => {
      if (!page.ok) {
        const { trouble } = page
        return cursor === null
          ? { ...first, state: 'unread', trouble }
          : { ...before, next: 'unread', trouble }
      }
      const { items, next_cursor: after } = page.value
      const all = cursor === null ? items : [...before.items, ...items]
      return { about, state: 'read', trouble: null, items: all, cursor: after, next: 'idle' }
    })
  }
  useEffect(() => {
    setKnown(first)
    void load(null)
  }, [about])
  const next = known.next === 'idle' ? (known.cursor === null ? 'none' : 'there') : known.next
  return {
    ...{ state: known.state, trouble: known.trouble, items: known.items, next },
    more: () => (known.cursor === null ? Promise.resolve() : load(known.cursor)),
    again: () => load(null),
    put: (same, item) =>
      setKnown((before) => ({
        ...before,
        items: before.items.map((one) => (same(one) ? item : one)),
      })),
  }
}
