import { useEffect, useState } from 'preact/hooks'
import { money } from '../lib/format.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { draft, edit } from './draft.ts'
import { api, menu, restaurantId, who, type Quote } from './state.ts'
import { couponTrouble } from './why.ts'
import { t } from './words.ts'

type Verdict = Quote['coupons'][number]

/** A code, typed or one of the member's own, and what it takes off or why it does not. */
export function Coupon({ verdict }: { verdict: Verdict | null }) {
  const { typedCode, code } = draft.value
  const isRefused = verdict?.applicable === false
  return (
    <>
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault()
          edit({ code: typedCode.trim() === '' ? null : typedCode.trim() })
        }}
      >
        <label for="coupon">{t('coupon')}</label>
        <div class="row row--wrap">
          <input
            id="coupon"
            class="grows"
            maxLength={60}
            autocomplete="off"
            autocapitalize="characters"
            value={typedCode}
            aria-invalid={isRefused}
            aria-describedby="coupon-said"
            onInput={(event) => edit({ typedCode: event.currentTarget.value })}
          />
          <button type="submit" class="button">
            {t('useCoupon')}
          </button>
          {code !== null && (
            <button
              type="button"
              class="button button--plain"
              onClick={() => edit({ code: null, typedCode: '' })}
            >
              {t('dropCoupon')}
            </button>
          )}
        </div>
        <p id="coupon-said" role="status" class={isRefused ? 'field__error' : 'soft'}>
          {code !== null && verdict !== null && said(verdict)}
        </p>
      </form>
      <OwnCoupons />
    </>
  )
}

function said(verdict: Verdict): string {
  const sum = (amount: number) => money(amount, menu.value.restaurant.currency)
  if (verdict.applicable) return t('couponOn', { code: verdict.code, sum: sum(verdict.discount) })
  const { word, values } = couponTrouble(verdict, sum)
  return t(word, values)
}

/** The codes that a member has claimed for this restaurant and not used yet, a tap each. */
function OwnCoupons() {
  const [codes, setCodes] = useState<readonly string[]>([])
  useEffect(() => {
    setCodes([])
    if (who.value === null) return
    const query = { status: 'CLAIMED', restaurant_id: restaurantId, limit: '20' }
    void outcomeOf(api().api.v1.coupons.mine.$get({ query })).then((read) => {
      if (read.ok) setCodes([...new Set(read.value.items.map(({ code }) => code))])
    })
  }, [who.value !== null])
  if (codes.length === 0) return null
  return (
    <div role="group" aria-label={t('ownCoupons')} class="codes">
      <span class="soft">{t('ownCoupons')}</span>
      {codes.map((code) => (
        <button
          key={code}
          type="button"
          class="button"
          aria-pressed={draft.value.code === code}
          onClick={() => edit({ code, typedCode: code })}
        >
          {code}
        </button>
      ))}
    </div>
  )
}
