import { outcomeOf } from '../../lib/outcome.ts'
import { Opened } from '../opened.tsx'
import { api } from '../state.ts'
import { Coupons } from './coupons.tsx'
import { Movements } from './movements.tsx'
import { Notes } from './notes.tsx'
import { Orders } from './orders.tsx'
import { ProfileCard } from './profile-card.tsx'
import { t } from './words.ts'

const read = (id: string) => outcomeOf(api.api.v1.support.customers[':id'].$get({ param: { id } }))

/** Who a customer is, what they did, and what support wrote of them. */
export function CustomerPage({ id }: { id: string }) {
  return (
    <Opened id={id} list="customers" read={() => read(id)}>
      {(profile) => (
        <>
          <ProfileCard profile={profile} />
          <Section id="orders" title={t('orders')}>
            <Orders id={id} />
          </Section>
          <Section id="notes" title={t('notes')}>
            <Notes id={id} erased={profile.erased} />
          </Section>
          <Section id="movements" title={t('movements')}>
            <Movements id={id} />
          </Section>
          <Section id="coupons" title={t('coupons')}>
            <Coupons id={id} />
          </Section>
        </>
      )}
    </Opened>
  )
}

const Section = ({
  id,
  title,
  children,
}: {
  id: string
  title: string
  children: preact.ComponentChildren
}) => (
  <section class="card stack" aria-labelledby={`of-${id}`}>
    <h3 id={`of-${id}`}>{title}</h3>
    {children}
  </section>
)
