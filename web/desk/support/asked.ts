import { useEffect, useRef, useState } from 'preact/hooks'
import type { Outcome } from '../../lib/outcome.ts'

export type Asked<T> = { kind: 'loading' | 'missing' | 'unread' } | { kind: 'read'; value: T }

/** One thing by its id, read once shown; that there is none is told apart from an answer that did not come. */
export function useAsked<T>(read: () => Promise<Outcome<T>>) {
  const [asked, setAsked] = useState<Asked<T>>({ kind: 'loading' })
  const shown = useRef(true)
  const again = async () => {
    const outcome = await read()
    if (!shown.current) return
    if (outcome.ok) setAsked({ kind: 'read', value: outcome.value })
    else if (outcome.trouble.status === 404 || outcome.trouble.status === 400)
      setAsked({ kind: 'missing' })
    // What was read stays in sight where reading it anew fails.
    else setAsked((before) => (before.kind === 'read' ? before : { kind: 'unread' }))
  }
  useEffect(() => {
    void again()
    return () => {
      shown.current = false
    }
  }, [])
  return { asked, again }
}
