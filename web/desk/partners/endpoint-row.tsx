import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { toast } from '../../ui/toasts.tsx'
import { Confirm, Wrong } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import type { Endpoint, EndpointTest } from '../administration/types.ts'
import { api } from '../state.ts'
import { AddressSheet } from './address-sheet.tsx'
import type { WithSecret } from './endpoints.tsx'
import { OverlapSheet } from './overlap-sheet.tsx'
import { t } from './words.ts'

const one = api.api.v1.admin.integrations.partners[':id'].endpoints[':endpoint_id']
const DOINGS = ['test', 'move', 'rotate', 'remove'] as const
type Wish = 'move' | 'rotate' | 'remove'

/** One address, whether it is pushed to, and what came of the last test. */
export function EndpointRow({
  partner,
  endpoint,
  onChanged,
  onSecret,
}: {
  partner: string
  endpoint: Endpoint
  onChanged: () => void
  onSecret: (made: WithSecret) => void
}) {
  const { url, disabled_at: off, previous_secret_until: until } = endpoint
  const param = { id: partner, endpoint_id: endpoint.id }
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const [tested, setTested] = useState<EndpointTest | null>(null)
  const [wish, setWish] = useState<Wish | null>(null)
  const test = async () => {
    setTested(null)
    const answered = await run(outcomeOf(one.test.$post({ param })))
    if (answered.ok) setTested(answered.value)
  }
  const enable = async () => {
    const done = await run(outcomeOf(one.enable.$post({ param }, keyFor(param))))
    if (!done.ok) return
    keyFor.done()
    toast(t('enabled'))
    onChanged()
  }
  const changed = () => {
    setWish(null)
    toast(t('saved'))
    onChanged()
  }
  const named = (what: 'enable' | (typeof DOINGS)[number]) => t('named', { url, what: t(what) })
  return (
    <li class="line">
      <div class="line__what">
        <strong>{url}</strong>{' '}
        <span class={`badge ${off === null ? 'badge--good' : 'badge--bad'}`}>
          {t(off === null ? 'endpointOn' : 'endpointOff')}
        </span>
        {off !== null && (
          <p>{t('offSince', { at: momentText(off), reason: endpoint.disabled_reason ?? '–' })}</p>
        )}
        {until !== null && Date.parse(until) > Date.now() && (
          <p class="soft">{t('twoSecrets', { at: momentText(until) })}</p>
        )}
        <Wrong text={trouble} />
        <p role="status">{tested !== null && resultText(tested)}</p>
      </div>
      <div class="tools">
        {off !== null && (
          <button
            type="button"
            class="button button--small"
            aria-label={named('enable')}
            disabled={busy}
            onClick={() => void enable()}
          >
            {t('enable')}
          </button>
        )}
        {DOINGS.map((what) => (
          <button
            key={what}
            type="button"
            class={`button button--small ${what === 'remove' ? 'button--quiet' : ''}`}
            aria-label={named(what)}
            disabled={busy}
            onClick={() => (what === 'test' ? void test() : setWish(what))}
          >
            {t(what)}
          </button>
        ))}
      </div>
      <Wishes
        wish={wish}
        param={param}
        endpoint={endpoint}
        onClose={() => setWish(null)}
        onChanged={changed}
        onSecret={(made) => {
          setWish(null)
          onSecret(made)
        }}
      />
    </li>
  )
}

const resultText = ({ outcome, status, reason, took_ms: ms }: EndpointTest): string =>
  t(outcome, { status: status ?? '', reason: reason ?? '', ms })

function Wishes({
  wish,
  param,
  endpoint: { url },
  onClose,
  onChanged,
  onSecret,
}: {
  wish: Wish | null
  param: { id: string; endpoint_id: string }
  endpoint: Endpoint
  onClose: () => void
  onChanged: () => void
  onSecret: (made: WithSecret) => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const remove = async () => {
    const removed = await run(outcomeOf(one.$delete({ param }, keyFor(param))))
    if (removed.ok) onChanged()
  }
  switch (wish) {
    case null:
      return null
    case 'move':
      return (
        <AddressSheet
          title={t('moveTitle')}
          text={t('moveText')}
          url={url}
          yes={t('save')}
          send={(json, options) => outcomeOf(one.$patch({ param, json }, options))}
          onSaved={onChanged}
          onClose={onClose}
        />
      )
    case 'rotate':
      return (
        <OverlapSheet
          title={t('rotateTitle')}
          text={t('rotateText')}
          yes={t('rotate')}
          make={(overlap) =>
            outcomeOf(one.rotate.$post({ param, json: { overlap_seconds: overlap } }))
          }
          onMade={onSecret}
          onClose={onClose}
        />
      )
    case 'remove':
      return (
        <Confirm
          title={t('removeTitle')}
          text={t('removeText', { url })}
          yes={t('remove')}
          busy={busy}
          trouble={trouble}
          onYes={() => void remove()}
          onClose={onClose}
        />
      )
  }
}
