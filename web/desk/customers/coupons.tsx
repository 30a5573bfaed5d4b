import { dateText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { api } from '../state.ts'
import type { OwnCoupon } from '../support/types.ts'
import { t as shared } from '../support/words.ts'
import { t } from './words.ts'

/** What a customer has claimed, and what became of it. */
export function Coupons({ id }: { id: string }) {
  const pages = usePages<OwnCoupon>((query) => {
    const { coupons } = api.api.v1.support.customers[':id']
    return outcomeOf(coupons.$get({ param: { id }, query: { ...query, limit: '5' } }))
  })
  return (
    <Paged pages={pages} empty={t('noCoupons')}>
      {(coupons) => (
        <ul>
          {coupons.map((one) => (
            <li key={one.claim_id} class="line">
              <div class="line__what">
                <strong>{one.code}</strong>{' '}
                <span class={one.status === 'USED' ? 'badge badge--good' : 'badge'}>
                  {t(`coupon_${one.status}`)}
                </span>
                <p class="soft">
                  {[one.restaurant.name, dateText(one.claimed_at)].filter(Boolean).join(' · ')}
                </p>
              </div>
              {one.order_id !== null && <a href={`#orders/${one.order_id}`}>{shared('order')}</a>}
            </li>
          ))}
        </ul>
      )}
    </Paged>
  )
}
