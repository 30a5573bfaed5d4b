import { useState } from 'preact/hooks'
import { dateText } from '../../lib/format.ts'
import { locale } from '../../lib/i18n.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { api, isAdmin } from '../state.ts'
import { Facts } from '../support/facts.tsx'
import { OpenedHeading } from '../support/opened-heading.tsx'
import type { Profile } from '../support/types.ts'
import { ShownHere, UnmaskSheet } from '../support/unmask.tsx'
import { useClear } from '../use-clear.ts'
import { t as shared } from '../support/words.ts'
import { Marks } from './marks.tsx'
import { t } from './words.ts'

interface Clear {
  email?: string | undefined
  name?: string | undefined
}

/** Who it is, masked until somebody says why they need to see it. */
export function ProfileCard({ profile }: { profile: Profile }) {
  const { id, erased } = profile
  const [asking, setAsking] = useState(false)
  const [clear, setClear] = useClear<Clear>()
  const name = clear?.name ?? profile.name
  return (
    <section class="card stack" aria-labelledby="profile">
      <div class="row head">
        <OpenedHeading id="profile">
          {name ?? t('nameless')} <Marks of={profile} />
        </OpenedHeading>
        {!erased && (
          <button type="button" class="button button--small" onClick={() => setAsking(true)}>
            {shared('unmask')}
          </button>
        )}
      </div>
      {erased && <p class="note">{t('erasedLead')}</p>}
      {clear !== null && <ShownHere onHide={() => setClear(null)} />}
      <Facts
        of={[
          [t('name'), name],
          [t('email'), clear?.email ?? profile.email],
          [t('role'), shared(`role_${profile.role}`)],
          [t('joined'), dateText(profile.created_at)],
          [t('sessions'), t('sessionsCount', { count: profile.open_sessions })],
          [
            t('points'),
            t('pointsCount', { count: profile.points_balance.toLocaleString(locale.value) }),
          ],
          [
            t('id'),
            isAdmin.value ? <a href={`#accounts/${id}`}>{id}</a> : <span class="id">{id}</span>,
          ],
        ]}
      />
      {asking && (
        <UnmaskSheet
          fields={[
            ['name', t('name')],
            ['email', t('email')],
          ]}
          ask={(json) =>
            outcomeOf(api.api.v1.support.customers[':id'].unmask.$post({ param: { id }, json }))
          }
          onShown={({ email, name: shown }) =>
            setClear({ ...clear, ...(email && { email }), ...(shown && { name: shown }) })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
