import { useRef, useState } from 'preact/hooks'
import type { Outcome, Trouble } from '../lib/outcome.ts'
import { errorsOf, formBeingSent, labelIn, mark, type ShownForm } from './problems.ts'
import { checkText, reasonText } from './reasons.ts'
import { t } from './words.ts'

/** What went wrong and where, for the reader; fields are called by `labelOf` what the reader sees. */
export function told(
  trouble: Trouble,
  labelOf: (field: string) => string | null = () => null,
): string {
  const errors = errorsOf(trouble)
  if (errors.length === 0) return trouble.message ?? t('unreached')
  const fields = errors.map(
    ({ field, reason }) => `${labelOf(field) ?? field}: ${reasonText(reason)}`,
  )
  return [checkText(), ...new Set(fields)].join(' · ')
}

/** Tells what a form sent in vain, and marks the fields where it says so. */
function toldIn(form: ShownForm, trouble: Trouble): string {
  const wrong = errorsOf(trouble).map(({ field, reason }) => ({ field, text: reasonText(reason) }))
  mark(form, wrong)
  return told(trouble, (field) => labelIn(form, field))
}

/** Something that is sent and answered: whether it is under way, and what came of it last. */
export function useTask() {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const form = useRef<ShownForm | null>(null)
  const run = async <T>(work: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    form.current = formBeingSent() ?? form.current
    setBusy(true)
    setTrouble(null)
    const outcome = await work
    setBusy(false)
    if (!outcome.ok)
      setTrouble(
        form.current === null ? told(outcome.trouble) : toldIn(form.current, outcome.trouble),
      )
    return outcome
  }
  return { busy, trouble, run, setTrouble }
}

interface KeyFor {
  (body: unknown): { headers: Record<string, string> }
  /** What is sent after this is meant anew, even where it says the same. */
  done: () => void
}

/** Headers for a call that makes something: what is sent again unchanged is made once. */
export function useKey(): KeyFor {
  const last = useRef({ text: '', key: '' })
  const keyFor = (body: unknown) => {
    const text = JSON.stringify(body)
    if (last.current.text !== text) last.current = { text, key: crypto.randomUUID() }
    return { headers: { 'Idempotency-Key': last.current.key } }
  }
  const done = () => {
    last.current = { text: '', key: '' }
  }
  return Object.assign(keyFor, { done })
}
