import { useEffect, useRef, useState } from 'preact/hooks'
import type { Outcome, Trouble } from '../lib/outcome.ts'

export type Reading<T> =
  { kind: 'loading' } | { kind: 'unread'; trouble: Trouble } | { kind: 'read'; value: T }

/** Reads once shown and whenever `about` changes; what was read stays in sight while it is read anew. */
export function useReading<T>(
  read: () => Promise<Outcome<T>>,
  about = '',
): { reading: Reading<T>; again: () => Promise<void> } {
  const [reading, setReading] = useState<Reading<T>>({ kind: 'loading' })
  const latest = useRef(0)
  const again = async () => {
    latest.current += 1
    const mine = latest.current
    const outcome = await read()
    if (mine !== latest.current) return
    setReading(
      outcome.ok
        ? { kind: 'read', value: outcome.value }
        : { kind: 'unread', trouble: outcome.trouble },
    )
  }
  useEffect(() => {
    void again()
  }, [about])
  return { reading, again }
}
