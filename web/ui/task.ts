import { useRef, useState } from 'preact/hooks'
import type { Outcome, Trouble } from '../lib/outcome.ts'
import { t, type SharedWord } from './words.ts'

interface Named {
  field?: unknown
  reason?: unknown
}

const REASONS: Partial<Record<string, SharedWord>> = {
  required: 'missing',
  too_big: 'tooBig',
  too_small: 'tooSmall',
  invalid_format: 'malformed',
}

/** What went wrong and where, for the reader. */
export function told({ message, details }: Trouble): string {
  const errors = Array.isArray(details.errors) ? (details.errors as Named[]) : []
  const fields = errors.flatMap(({ field, reason }) => {
    if (typeof field !== 'string' || typeof reason !== 'string') return []
    const word = REASONS[reason]
    return [`${field}: ${word === undefined ? reason : t(word)}`]
  })
  return [message ?? t('unreached'), ...fields].join(' · ')
}

/** Something that is sent and answered: whether it is under way, and what came of it last. */
export function useTask() {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const run = async <T>(work: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    setBusy(true)
    setTrouble(null)
    const outcome = await work
    setBusy(false)
    if (!outcome.ok) setTrouble(told(outcome.trouble))
    return outcome
  }
  return { busy, trouble, run, setTrouble }
}

/** Headers for a call that makes something: what is sent again unchanged is made once. */
export function useKey(): (body: unknown) => { headers: Record<string, string> } {
  const last = useRef({ text: '', key: '' })
  return (body) => {
    const text = JSON.stringify(body)
    if (last.current.text !== text) last.current = { text, key: crypto.randomUUID() }
    return { headers: { 'Idempotency-Key': last.current.key } }
  }
}
