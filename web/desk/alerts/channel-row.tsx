import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Confirm, Wrong } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { durationText } from '../durations.ts'
import { api, isAdmin } from '../state.ts'
import { kindText, type Channel } from './kinds.ts'
import { t } from './words.ts'

interface Tested {
  looks: string
  text: string
}

const ROUTES = api.api.v1.admin.alerts.channels[':id']

export function ChannelRow({
  channel,
  onEdit,
  onChanged,
}: {
  channel: Channel
  onEdit: () => void
  onChanged: () => void
}) {
  const { id, name, deployment, enabled } = channel
  const param = { id }
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const [tested, setTested] = useState<Tested | null>(null)
  const [asked, setAsked] = useState(false)
  const test = async () => {
    setTested(null)
    const answered = await run(outcomeOf(ROUTES.test.$post({ param })))
    if (answered.ok) setTested(testedText(answered.value))
    onChanged()
  }
  const turn = async () => {
    const json = { enabled: !enabled }
    const changed = await run(outcomeOf(ROUTES.$patch({ param, json }, keyFor(json))))
    if (changed.ok) {
      keyFor.done()
      toast(t('saved'))
      onChanged()
    }
  }
  const remove = async () => {
    const removed = await run(outcomeOf(ROUTES.$delete({ param })))
    if (!removed.ok) return
    setAsked(false)
    toast(t('removed'))
    onChanged()
  }
  return (
    <li class="line">
      <About channel={channel} />
      <div class="tools">
        <a
          class="button button--small"
          href={`#alerts/${id}`}
          aria-label={t('messagesNamed', { name })}
        >
          {t('messages')}
        </a>
        {isAdmin.value && (
          <button
            type="button"
            class="button button--small"
            disabled={busy}
            aria-label={t('testNamed', { name })}
            onClick={() => void test()}
          >
            {t('test')}
          </button>
        )}
        {isAdmin.value && !deployment && (
          <>
            <button
              type="button"
              class="button button--small"
              disabled={busy}
              aria-label={t(enabled ? 'switchOffNamed' : 'switchOnNamed', { name })}
              onClick={() => void turn()}
            >
              {t(enabled ? 'switchOff' : 'switchOn')}
            </button>
            <button
              type="button"
              class="button button--small"
              aria-label={t('editNamed', { name })}
              onClick={onEdit}
            >
              {t('edit')}
            </button>
            <button
              type="button"
              class="button button--small button--quiet"
              aria-label={t('removeNamed', { name })}
              onClick={() => setAsked(true)}
            >
              {t('remove')}
            </button>
          </>
        )}
      </div>
      {tested !== null && (
        <p class={tested.looks} role="status">
          {tested.text}
        </p>
      )}
      {!asked && <Wrong text={trouble} />}
      {asked && (
        <Confirm
          title={t('removeAsked', { name })}
          text={t('removeText')}
          yes={t('remove')}
          {...{ busy, trouble }}
          onYes={() => void remove()}
          onClose={() => setAsked(false)}
        />
      )}
    </li>
  )
}

function About({ channel }: { channel: Channel }) {
  const { kind, name, hint, kinds, enabled, deployment, waiting, given_up: lost } = channel
  return (
    <div class="line__what">
      <strong>{name}</strong> <span class="badge">{t(kind)}</span>{' '}
      {deployment && <span class="badge">{t('deployment')}</span>}{' '}
      {!enabled && <span class="badge badge--bad">{t('off')}</span>}{' '}
      {waiting > 0 && <span class="badge">{t('waiting', { count: waiting })}</span>}{' '}
      {lost > 0 && <span class="badge badge--bad">{t('givenUp', { count: lost })}</span>}
      <p class="soft">
        {hint} · {kinds === null ? t('everything') : kinds.map(kindText).join(', ')}
      </p>
    </div>
  )
}

const testedText = ({
  outcome,
  reason,
  took_ms: took,
}: {
  outcome: 'SENT' | 'REFUSED' | 'FAILED'
  reason: string | null
  took_ms: number
}): Tested => {
  if (outcome === 'SENT')
    return { looks: 'note note--good', text: t('testSent', { span: durationText(took / 1_000) }) }
  const word = outcome === 'REFUSED' ? 'testRefused' : 'testFailed'
  return { looks: 'note note--bad', text: t(word, { reason: reason ?? '–' }) }
}
