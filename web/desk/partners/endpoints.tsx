import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { Secret } from '../administration/secret.tsx'
import type { Endpoint } from '../administration/types.ts'
import { api } from '../state.ts'
import { AddressSheet } from './address-sheet.tsx'
import { EndpointRow } from './endpoint-row.tsx'
import { useClear } from '../use-clear.ts'
import { t } from './words.ts'

const { endpoints } = api.api.v1.admin.integrations.partners[':id']
export type WithSecret = Endpoint & { secret: string }

/** Where a partner has events pushed to. */
export function Endpoints({ partner: id }: { partner: string }) {
  const { reading, again } = useReading(() =>
    wholeList<Endpoint>((query) => outcomeOf(endpoints.$get({ param: { id }, query }))),
  )
  const [adding, setAdding] = useState(false)
  const [told, setTold] = useClear<WithSecret>()
  const tell = (made: WithSecret) => {
    setAdding(false)
    setTold(made)
    void again()
  }
  return (
    <section class="card stack" aria-labelledby="endpoints">
      <h3 id="endpoints">{t('endpoints')}</h3>
      <p class="soft">{t('endpointsLead')}</p>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && reading.value.length === 0 && <p>{t('noEndpoints')}</p>}
      {reading.kind === 'read' && reading.value.length > 0 && (
        <ul>
          {reading.value.map((endpoint) => (
            <EndpointRow
              key={endpoint.id}
              partner={id}
              endpoint={endpoint}
              onChanged={() => void again()}
              onSecret={tell}
            />
          ))}
        </ul>
      )}
      <div>
        <button type="button" class="button" onClick={() => setAdding(true)}>
          {t('addEndpoint')}
        </button>
      </div>
      {adding && (
        <AddressSheet
          title={t('addEndpoint')}
          yes={t('addEndpoint')}
          send={(json) => outcomeOf(endpoints.$post({ param: { id }, json }))}
          onSaved={tell}
          onClose={() => setAdding(false)}
        />
      )}
      {told !== null && (
        <Secret
          title={t('endpointSecret', { url: told.url })}
          entries={[[t('signingSecret'), told.secret]]}
          onClose={() => setTold(null)}
        />
      )}
    </section>
  )
}
