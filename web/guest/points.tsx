import { count } from '../lib/format.ts'
import { edit } from './draft.ts'
import { go } from './place.ts'
import { menu, who } from './state.ts'
import { takesPoints } from './why.ts'
import { t } from './words.ts'

/** Points of a member, as many as there are and are needed; for others the way to sign in. */
export function Points({ points, most }: { points: number; most: number }) {
  const taken = takesPoints(menu.value.restaurant)
  if (who.value === null)
    return (
      <p class="row row--wrap">
        <span class="soft">{t(taken ? 'signInFor' : 'signInForCoupons')}</span>
        <button type="button" class="button" onClick={() => go('account')}>
          {t('signIn')}
        </button>
      </p>
    )
  if (!taken) return null
  const limit = Math.min(who.value.points, most)
  return (
    <div class="field">
      <label for="points">{t('points')}</label>
      <div class="row row--wrap">
        <input
          id="points"
          class="grows"
          type="number"
          inputMode="numeric"
          min="0"
          max={limit}
          value={points === 0 ? '' : points}
          placeholder="0"
          aria-describedby="points-have"
          onInput={({ currentTarget }) => {
            const wanted = Math.max(0, Math.floor(currentTarget.valueAsNumber) || 0)
            const given = Math.min(wanted, limit)
            edit({ points: given })
            if (given !== wanted) currentTarget.value = String(given)
          }}
        />
        <button
          type="button"
          class="button"
          disabled={limit === 0 || points === limit}
          onClick={() => edit({ points: limit })}
        >
          {t('pointsAll')}
        </button>
      </div>
      <span id="points-have" class="soft">
        {t('pointsHave', { count: count(who.value.points) })}
      </span>
    </div>
  )
}
