import { useState } from 'preact/hooks'
import type { Outcome } from '../../lib/outcome.ts'
import { Confirm } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { countText } from '../counts.ts'
import type { Retried } from './types.ts'
import { t } from './words.ts'

/** Sends again what a filter finds, a bounded number at a time, after being asked. */
export function RetryAll({
  about,
  text,
  none,
  send,
  onSent,
}: {
  /** The filter: what was said of another one goes. */
  about: string
  text: string
  /** Nothing is found: what was sent last is still said. */
  none: boolean
  send: (options: { headers: Record<string, string> }) => Promise<Outcome<Retried>>
  onSent: () => void
}) {
  const [asked, setAsked] = useState(false)
  const [last, setLast] = useState<{ about: string; retried: Retried } | null>(null)
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const retry = async () => {
    const sent = await run(send(keyFor(about)))
    if (!sent.ok) return
    // The next one is another command, also with the same filter.
    keyFor.done()
    setLast({ about, retried: sent.value })
    setAsked(false)
    onSent()
  }
  const said = last?.about === about ? last.retried : null
  return (
    <div class="tools">
      <button type="button" class="button" disabled={none} onClick={() => setAsked(true)}>
        {t(said?.more === true ? 'retryOn' : 'retryAll')}
      </button>
      <p class="settled" role="status">
        {said !== null && saidText(said)}
      </p>
      {asked && (
        <Confirm
          title={t('retryAll')}
          text={text}
          yes={t('retryAll')}
          {...{ busy, trouble }}
          onYes={() => void retry()}
          onClose={() => setAsked(false)}
        >
          <p class="soft">{t('retryAllText')}</p>
        </Confirm>
      )}
    </div>
  )
}

const saidText = ({ retried, more }: Retried): string => {
  if (retried === 0) return t('retriedNone')
  return t(more ? 'retriedMore' : 'retried', { count: countText(retried) })
}
