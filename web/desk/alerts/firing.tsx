import { clock, momentText } from '../../lib/format.ts'
import { lastingText } from '../durations.ts'
import { shortId } from '../ids.ts'
import { views } from '../state.ts'
import { figureOf, kindText, PLACE_OF, todoText, type Firing } from './kinds.ts'
import { t } from './words.ts'

/** Whose alert it is; of kinds by restaurant, those beyond the first fifty are one. */
export const subjectText = ({
  kind,
  restaurant_id: id,
  restaurant_name: name,
}: Pick<Firing, 'kind' | 'restaurant_id' | 'restaurant_name'>): string => {
  if (id !== null) return name ?? shortId(id)
  return BY_RESTAURANT.has(kind) ? t('otherRestaurants') : t('platform')
}

const BY_RESTAURANT = new Set<Firing['kind']>([
  'low-stock',
  'coupons-nearly-gone',
  'nobody-listening',
])

/** What fires at this moment, with what to do about it. */
export const FiringList = ({ firing }: { firing: readonly Firing[] }) =>
  firing.length === 0 ? (
    <p class="note note--good">{t('nothingFires')}</p>
  ) : (
    <ul class="stack">
      {firing.map((one) => (
        <FiringCard key={`${one.kind}/${one.restaurant_id ?? ''}`} one={one} />
      ))}
    </ul>
  )

function FiringCard({ one }: { one: Firing }) {
  const { kind, value, since, told_at: told } = one
  const place = PLACE_OF[kind]
  return (
    <li class="note note--bad line">
      <div class="line__what">
        <strong>{kindText(kind)}</strong> · {subjectText(one)} · {figureOf(kind, value)}
        <p>{todoText(kind)}</p>
        <p>
          {t('firesFor', { span: lastingText(since, Date.now()) })} ({momentText(since)}) ·{' '}
          {told === null ? t('notTold') : t('toldAt', { at: clock(told) })}
        </p>
      </div>
      {place !== undefined && views.value.includes(place) && (
        <a
          class="button button--small"
          href={`#${place}`}
          aria-label={t('lookAt', { what: kindText(kind) })}
        >
          {t('look')}
        </a>
      )}
    </li>
  )
}
