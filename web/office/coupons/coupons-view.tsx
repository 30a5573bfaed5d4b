import { useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { dateText, money } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { Loading, Unread } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { api, currency } from '../state.ts'
import { CouponSheet } from './coupon-sheet.tsx'
import { withFresh } from './fresh.ts'
import { t } from './words.ts'

export type Coupon = InferResponseType<
  Api['api']['v1']['admin']['coupons']['$get'],
  200
>['items'][number]

const readCoupons = () =>
  wholeList<Coupon>((query) => outcomeOf(api.api.v1.admin.coupons.$get({ query })))

/** What a restaurant gives, to whom, and what became of it. */
export function CouponsView() {
  const { reading, again } = useReading(readCoupons)
  // The list comes from a copy that lags: what was saved here is known better.
  const [fresh, setFresh] = useState<readonly Coupon[]>([])
  const [chosen, setChosen] = useState<Coupon | 'new' | null>(null)
  if (reading.kind === 'loading') return <Loading />
  if (reading.kind === 'unread') return <Unread onRetry={() => void again()} />
  const coupons = withFresh(reading.value, fresh)
  return (
    <>
      <div>
        <button type="button" class="button button--main" onClick={() => setChosen('new')}>
          {t('newCoupon')}
        </button>
      </div>
      {coupons.length === 0 ? (
        <p class="soft">{t('empty')}</p>
      ) : (
        <ul class="card">
          {coupons.map((coupon) => (
            <Row key={coupon.id} coupon={coupon} onEdit={() => setChosen(coupon)} />
          ))}
        </ul>
      )}
      {chosen !== null && (
        <CouponSheet
          coupon={chosen === 'new' ? null : chosen}
          onClose={() => setChosen(null)}
          onSaved={(saved) => setFresh([saved, ...fresh.filter(({ id }) => id !== saved.id)])}
        />
      )}
    </>
  )
}

function Row({ coupon, onEdit }: { coupon: Coupon; onEdit: () => void }) {
  const { code, kind, value, active, ends_at: ends, claimed, used, left } = coupon
  const off = kind === 'PERCENT' ? `${value}%` : money(value, currency.value)
  const over = ends !== null && Date.parse(ends) <= Date.now()
  return (
    <li class="line">
      <div class="line__what">
        <strong>{code}</strong> <span class="badge">{t('off', { off })}</span>{' '}
        {(over || !active) && <span class="badge badge--bad">{t(over ? 'over' : 'inactive')}</span>}
        <p class="soft">
          {t('counts', { claimed, used, left })}
          {ends !== null && ` · ${t('until', { date: dateText(ends) })}`}
        </p>
      </div>
      <button
        type="button"
        class="button button--small"
        aria-label={t('editNamed', { code })}
        onClick={onEdit}
      >
        {t('edit')}
      </button>
    </li>
  )
}
