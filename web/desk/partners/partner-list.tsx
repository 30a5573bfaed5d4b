import { useState } from 'preact/hooks'
import { dateText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { Secret } from '../administration/secret.tsx'
import type { Partner } from '../administration/types.ts'
import { api } from '../state.ts'
import { PartnerSheet } from './partner-sheet.tsx'
import { useClear } from '../use-clear.ts'
import { t } from './words.ts'

const readPartners = () =>
  wholeList<Partner>((query) => outcomeOf(api.api.v1.admin.integrations.partners.$get({ query })))

/** All partners; one that is added shows its secret this once, and then its page. */
export function PartnerList() {
  const { reading, again } = useReading(readPartners)
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useClear<Partner & { client_secret: string }>()
  if (reading.kind !== 'read') return <Pending of={reading} again={() => void again()} />
  return (
    <>
      <p>{t('lead')}</p>
      <div>
        <button type="button" class="button button--main" onClick={() => setAdding(true)}>
          {t('add')}
        </button>
      </div>
      {reading.value.length === 0 ? (
        <p class="card soft">{t('none')}</p>
      ) : (
        <ul class="card" aria-label={t('list')}>
          {reading.value.map((partner) => (
            <Row key={partner.id} partner={partner} />
          ))}
        </ul>
      )}
      {adding && (
        <PartnerSheet
          partner={null}
          onClose={() => setAdding(false)}
          onSaved={(partner) => {
            setAdding(false)
            if ('client_secret' in partner) setAdded(partner)
          }}
        />
      )}
      {added !== null && (
        <Secret
          title={t('added', { name: added.name })}
          entries={[
            [t('clientId'), added.client_id],
            [t('clientSecret'), added.client_secret],
          ]}
          onClose={() => {
            location.hash = `#partners/${added.id}`
          }}
        />
      )}
    </>
  )
}

const Row = ({
  partner: { id, name, created_at: since, disabled_at: off },
}: {
  partner: Partner
}) => (
  <li class="line">
    <div class="line__what">
      <a href={`#partners/${id}`}>
        <strong>{name}</strong>
      </a>
      <p class="soft">
        {t('since')} {dateText(since)}
      </p>
    </div>
    <Standing off={off !== null} />
  </li>
)

export const Standing = ({ off }: { off: boolean }) => (
  <span class={`badge ${off ? 'badge--bad' : 'badge--good'}`}>
    {t(off ? 'disabled' : 'active')}
  </span>
)
