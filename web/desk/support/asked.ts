import { useEffect, useRef, useState } from 'preact/hooks'
import type { Outcome, Trouble } from '../../lib/outcome.ts'
import { isId } from '../ids.ts'

export type Asked<T> =
  | { kind: 'loading' | 'missing' }
  | { kind: 'unread'; trouble: Trouble }
  | { kind: 'read'; value: T }

/** One thing by its id, read once shown; that there is none is told apart from an answer that did not come. */
export function useAsked<T>(id: string, read: () => Promise<Outcome<T>>) {
  const [asked, setAsked] = useState<Asked<T>>({ kind: isId(id) ? 'loading' : 'missing' })
  const latest = useRef(0)
  const again = async () => {
    // What is no id is part of no address of the API.
    if (!isId(id)) return
    latest.current += 1
    const mine = latest.current
    const outcome = await read()
    if (mine !== latest.current) return
    if (outcome.ok) setAsked({ kind: 'read', value: outcome.value })
    else if (outcome.trouble.status === 404 || outcome.trouble.status === 400)
      setAsked({ kind: 'missing' })
    // What was read stays in sight where reading it anew fails.
    else
      setAsked((before) =>
        before.kind === 'read' ? before : { kind: 'unread', trouble: outcome.trouble },
      )
  }
  useEffect(() => {
    void again()
    return () => {
      latest.current += 1
    }
  }, [])
  return { asked, again }
}
