import { useEffect, useState } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { api, restaurantId, who } from './state.ts'
import { t } from './words.ts'

/** The codes that a member has claimed for this restaurant and not used yet, a tap each. */
export function OwnCoupons({ onUse }: { onUse: (code: string) => void }) {
  const [codes, setCodes] = useState<readonly string[]>([])
  useEffect(() => {
    setCodes([])
    if (who.value === null) return
    const query = { status: 'CLAIMED', restaurant_id: restaurantId, limit: '20' }
    void outcomeOf(api().api.v1.coupons.mine.$get({ query })).then((read) => {
      if (read.ok) setCodes([...new Set(read.value.items.map(({ code }) => code))])
    })
  }, [who.value])
  if (codes.length === 0) return null
  return (
    <div role="group" aria-label={t('ownCoupons')} class="codes">
      {codes.map((code) => (
        <button key={code} type="button" class="button" onClick={() => onUse(code)}>
          {code}
        </button>
      ))}
    </div>
  )
}
