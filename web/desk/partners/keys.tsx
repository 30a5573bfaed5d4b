import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { toast } from '../../ui/toasts.tsx'
import { Confirm, Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { Secret } from '../administration/secret.tsx'
import type { PartnerKey } from '../administration/types.ts'
import { api } from '../state.ts'
import { isOver, liveOf } from './key-state.ts'
import { OverlapSheet } from './overlap-sheet.tsx'
import { useClear } from '../use-clear.ts'
import { t } from './words.ts'

const { keys } = api.api.v1.admin.integrations.partners[':id']

/** What a partner gets in with. */
export function Keys({ partner: id }: { partner: string }) {
  const { reading, again } = useReading(() =>
    wholeList<PartnerKey>((query) => outcomeOf(keys.$get({ param: { id }, query }))),
  )
  const [making, setMaking] = useState(false)
  const [made, setMade] = useClear<string>()
  const [ending, setEnding] = useState<PartnerKey | null>(null)
  return (
    <section class="card stack" aria-labelledby="keys">
      <h3 id="keys">{t('keys')}</h3>
      <p class="soft">{t('keysLead')}</p>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && liveOf(reading.value, Date.now()).length === 0 && (
        <p>{t('noKeys')}</p>
      )}
      {reading.kind === 'read' && reading.value.length > 0 && (
        <ul>
          {reading.value.map((key) => (
            <Row key={key.id} one={key} onEnd={() => setEnding(key)} />
          ))}
        </ul>
      )}
      <div>
        <button type="button" class="button" onClick={() => setMaking(true)}>
          {t('newKey')}
        </button>
      </div>
      {making && (
        <OverlapSheet
          title={t('newKeyTitle')}
          text={t('newKeyText')}
          yes={t('newKey')}
          make={(overlap) =>
            outcomeOf(keys.$post({ param: { id }, json: { overlap_seconds: overlap } }))
          }
          onMade={({ client_secret: secret }) => {
            setMaking(false)
            setMade(secret)
            void again()
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {made !== null && (
        <Secret
          title={t('newKey')}
          entries={[[t('clientSecret'), made]]}
          onClose={() => setMade(null)}
        />
      )}
      {ending !== null && (
        <Ending
          partner={id}
          one={ending}
          last={reading.kind === 'read' && liveOf(reading.value, Date.now()).length === 1}
          onClose={() => setEnding(null)}
          onDone={() => {
            setEnding(null)
            void again()
          }}
        />
      )}
    </section>
  )
}

const Row = ({ one, onEnd }: { one: PartnerKey; onEnd: () => void }) => {
  const { hint, signs, created_at: made, ends_at: ends } = one
  const over = isOver(one, Date.now())
  return (
    <li class="line">
      <div class="line__what">
        <strong class="id">{hint}</strong>{' '}
        {over && <span class="badge badge--bad">{t('keyOver')}</span>}
        {!signs && <span class="badge">{t('tokensOnly')}</span>}
        <p class="soft">
          {momentText(made)} · {ends === null ? t('noEnd') : t('endsAt', { at: momentText(ends) })}
        </p>
      </div>
      {!over && (
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={t('endKeyNamed', { hint })}
          onClick={onEnd}
        >
          {t('endKey')}
        </button>
      )}
    </li>
  )
}

function Ending({
  partner,
  one: { id, hint },
  last,
  onClose,
  onDone,
}: {
  partner: string
  one: PartnerKey
  last: boolean
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const end = async () => {
    const param = { id: partner, key_id: id }
    const ended = await run(outcomeOf(keys[':key_id'].$delete({ param }, keyFor(id))))
    if (!ended.ok) return
    toast(t('done'))
    onDone()
  }
  return (
    <Confirm
      title={t('endKeyTitle', { hint })}
      text={`${t('endKeyText')} ${last ? t('endLastKey') : ''}`}
      yes={t('endKey')}
      busy={busy}
      trouble={trouble}
      onYes={() => void end()}
      onClose={onClose}
    />
  )
}
