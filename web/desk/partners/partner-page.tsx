import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { toast } from '../../ui/toasts.tsx'
import { Confirm } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import type { Partner } from '../administration/types.ts'
import { Opened } from '../opened.tsx'
import { api } from '../state.ts'
import { Facts } from '../support/facts.tsx'
import { OpenedHeading } from '../support/opened-heading.tsx'
import { Endpoints } from './endpoints.tsx'
import { Keys } from './keys.tsx'
import { Standing } from './partner-list.tsx'
import { PartnerSheet } from './partner-sheet.tsx'
import { Subscriptions } from './subscriptions.tsx'
import { t } from './words.ts'

/** One partner: how it gets in, what it may see, where it is pushed to. */
export const PartnerPage = ({ id }: { id: string }) => (
  <Opened
    id={id}
    list="partners"
    read={() => outcomeOf(api.api.v1.admin.integrations.partners[':id'].$get({ param: { id } }))}
  >
    {(partner, again) => (
      <>
        <div class="tools">
          <OpenedHeading>{partner.name}</OpenedHeading>
          <Standing off={partner.disabled_at !== null} />
        </div>
        <About partner={partner} onDone={again} />
        {partner.disabled_at === null ? (
          <>
            <Keys partner={id} />
            <Subscriptions partner={id} />
            <Endpoints partner={id} />
          </>
        ) : (
          <p class="note">{t('disabledText')}</p>
        )}
      </>
    )}
  </Opened>
)

function About({ partner, onDone }: { partner: Partner; onDone: () => void }) {
  const [wish, setWish] = useState<'edit' | 'disable' | null>(null)
  const done = () => {
    setWish(null)
    toast(t('saved'))
    onDone()
  }
  const { cert_fingerprint: fingerprint, disabled_at: off } = partner
  return (
    <section class="card stack" aria-label={t('facts')}>
      <Facts
        of={[
          [t('clientId'), <span class="id">{partner.client_id}</span>],
          [
            t('fingerprint'),
            fingerprint === null ? t('noCertificate') : <span class="id">{fingerprint}</span>,
          ],
          [t('since'), momentText(partner.created_at)],
          ...(off === null ? [] : ([[t('disabledSince'), momentText(off)]] as const)),
        ]}
      />
      {off === null && (
        <div class="tools">
          <button type="button" class="button" onClick={() => setWish('edit')}>
            {t('edit')}
          </button>
          <button type="button" class="button button--quiet" onClick={() => setWish('disable')}>
            {t('disable')}
          </button>
        </div>
      )}
      {wish === 'edit' && (
        <PartnerSheet partner={partner} onClose={() => setWish(null)} onSaved={done} />
      )}
      {wish === 'disable' && (
        <Disabling partner={partner} onClose={() => setWish(null)} onDone={done} />
      )}
    </section>
  )
}

function Disabling({
  partner: { id, name },
  onClose,
  onDone,
}: {
  partner: Partner
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const disable = async () => {
    const one = api.api.v1.admin.integrations.partners[':id']
    const disabled = await run(outcomeOf(one.$delete({ param: { id } }, keyFor(id))))
    if (disabled.ok) onDone()
  }
  return (
    <Confirm
      title={t('disableTitle', { name })}
      text={t('disableText')}
      yes={t('disable')}
      busy={busy}
      trouble={trouble}
      onYes={() => void disable()}
      onClose={onClose}
    />
  )
}
