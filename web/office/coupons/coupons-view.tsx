import { useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { momentText, money } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { Pending, Wrong } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { api, currency, timezone } from '../state.ts'
import { useTask } from '../../ui/task.ts'
import { CouponSheet } from './coupon-sheet.tsx'
import { stateOf } from './coupon-state.ts'
import { withFresh } from './fresh.ts'
import { StatsSheet } from './stats-sheet.tsx'
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
  const [counted, setCounted] = useState<Coupon | null>(null)
  const { busy, trouble, run } = useTask()
  const take = (saved: Coupon) => setFresh([saved, ...fresh.filter(({ id }) => id !== saved.id)])
  const turn = async ({ id, active }: Coupon) => {
    const json = { active: !active }
    const headers = { 'Idempotency-Key': crypto.randomUUID() }
    const one = api.api.v1.admin.coupons[':id']
    const saved = await run(outcomeOf(one.$patch({ param: { id }, json }, { headers })))
    if (saved.ok) take(saved.value)
  }
  if (reading.kind !== 'read') return <Pending of={reading} again={() => void again()} />
  const coupons = withFresh(reading.value, fresh)
  return (
    <>
      <div>
        <button type="button" class="button button--main" onClick={() => setChosen('new')}>
          {t('newCoupon')}
        </button>
      </div>
      <Wrong text={trouble} />
      {coupons.length === 0 ? (
        <p class="soft">{t('empty')}</p>
      ) : (
        <ul class="card">
          {coupons.map((coupon) => (
            <Row
              key={coupon.id}
              coupon={coupon}
              busy={busy}
              onEdit={() => setChosen(coupon)}
              onCount={() => setCounted(coupon)}
              onTurn={() => void turn(coupon)}
            />
          ))}
        </ul>
      )}
      {chosen !== null && (
        <CouponSheet
          coupon={chosen === 'new' ? null : chosen}
          onClose={() => setChosen(null)}
          onSaved={take}
        />
      )}
      {counted !== null && <StatsSheet coupon={counted} onClose={() => setCounted(null)} />}
    </>
  )
}

function Row({
  coupon,
  busy,
  onEdit,
  onCount,
  onTurn,
}: {
  coupon: Coupon
  busy: boolean
  onEdit: () => void
  onCount: () => void
  onTurn: () => void
}) {
  const { code, kind, value, active, starts_at: starts, ends_at: ends } = coupon
  const { claimed, used, left, item_ids: items, category_ids: categories } = coupon
  const off = kind === 'PERCENT' ? `${value}%` : money(value, currency.value)
  const state = stateOf(coupon, Date.now())
  const some = items.length + categories.length
  return (
    <li class="line">
      <div class="line__what">
        <strong>{code}</strong> <span class="badge">{t('off', { off })}</span>{' '}
        <span class={state === 'running' ? 'badge badge--good' : 'badge badge--bad'}>
          {t(state)}
        </span>
        <p class="soft">
          {t('counts', { claimed, used, left })}
          {some > 0 && ` · ${t('onSome', { count: some })}`}
          {state === 'later' &&
            starts !== null &&
            ` · ${t('from', { date: momentText(starts, timezone.value) })}`}
          {ends !== null && ` · ${t('until', { date: momentText(ends, timezone.value) })}`}
        </p>
      </div>
      <div class="tools">
        <button
          type="button"
          class="button button--small"
          aria-label={t('statsOf', { code })}
          onClick={onCount}
        >
          {t('stats')}
        </button>
        {state !== 'over' && (
          <button
            type="button"
            class="button button--small"
            disabled={busy}
            aria-label={t(active ? 'pauseNamed' : 'resumeNamed', { code })}
            onClick={onTurn}
          >
            {t(active ? 'pause' : 'resume')}
          </button>
        )}
        <button
          type="button"
          class="button button--small"
          aria-label={t('editNamed', { code })}
          onClick={onEdit}
        >
          {t('edit')}
        </button>
      </div>
    </li>
  )
}
