import { outcomeOf } from '../../lib/outcome.ts'
import { Loading, Unread } from '../../ui/parts.tsx'
import { api } from '../state.ts'
import { useAsked } from '../support/asked.ts'
import { t as shared } from '../support/words.ts'
import { Coupons } from './coupons.tsx'
import { Movements } from './movements.tsx'
import { Notes } from './notes.tsx'
import { Orders } from './orders.tsx'
import { ProfileCard } from './profile-card.tsx'
import { t } from './words.ts'

const read = (id: string) => outcomeOf(api.api.v1.support.customers[':id'].$get({ param: { id } }))

/** Who a customer is, what they did, and what support wrote of them. */
export function CustomerPage({ id }: { id: string }) {
  const { asked, again } = useAsked(() => read(id))
  return (
    <>
      <p>
        <a href="#customers">← {shared('back')}</a>
      </p>
      {asked.kind === 'loading' && <Loading />}
      {asked.kind === 'unread' && <Unread onRetry={() => void again()} />}
      {asked.kind === 'missing' && <p class="note">{shared('missing')}</p>}
      {asked.kind === 'read' && (
        <>
          <ProfileCard profile={asked.value} />
          <Section id="orders" title={t('orders')}>
            <Orders id={id} />
          </Section>
          <Section id="notes" title={t('notes')}>
            <Notes id={id} erased={asked.value.erased} />
          </Section>
          <Section id="movements" title={t('movements')}>
            <Movements id={id} />
          </Section>
          <Section id="coupons" title={t('coupons')}>
            <Coupons id={id} />
          </Section>
        </>
      )}
    </>
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
