import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { restaurantName, useRestaurantNames } from '../names.ts'
import { RestaurantFilter } from '../restaurant-field.tsx'
import { api, isAdmin } from '../state.ts'
import { Choice } from '../choice.tsx'
import { restaurantOf } from './destinations.ts'
import { narrowing, type Chosen } from '../filters.ts'
import { destinationText } from './lag-section.tsx'
import { RetryAll } from './retry-all.tsx'
import { DELIVERY_STATES, DESTINATION_KINDS, type Delivery } from './types.ts'
import { namedText, t } from './words.ts'

const { outbox } = api.api.v1.admin.integrations

/** What destinations are owed or were sent, and sending it again. */
export function Deliveries() {
  const [chosen, setChosen] = useState<Chosen>({
    state: '',
    destination_kind: '',
    restaurant_id: '',
  })
  const filter = narrowing(chosen)
  const about = JSON.stringify(filter)
  const pages = usePages(
    (query) => outcomeOf(outbox.$get({ query: { ...query, ...filter } })),
    about,
  )
  useRestaurantNames(pages.items.flatMap((one) => [one.restaurant_id, restaurantOf(one)]))
  const { state } = chosen
  const retriable = state === 'DEAD' || state === 'SKIPPED'
  return (
    <section class="card stack" aria-labelledby="deliveries">
      <h2 id="deliveries">{t('deliveries')}</h2>
      <p class="soft">{t('keptFor')}</p>
      <Filters chosen={chosen} onChange={setChosen} />
      {isAdmin.value && retriable && (
        <RetryAll
          about={about}
          none={pages.items.length === 0}
          text={t(state === 'DEAD' ? 'retryDead' : 'retrySkipped')}
          send={(options) =>
            outcomeOf(outbox.retry.$post({ json: { filter: { ...filter, state } } }, options))
          }
          onSent={() => void pages.again()}
        />
      )}
      <Paged pages={pages} empty={t('noDeliveries')}>
        {(deliveries) => (
          <ul>
            {deliveries.map((delivery) => (
              <Row
                key={delivery.id}
                delivery={delivery}
                onChanged={(now) => pages.put(({ id }) => id === now.id, now)}
              />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  )
}

function Filters({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const { state = '', destination_kind: kind = '', restaurant_id: restaurant = '' } = chosen
  return (
    <div class="pair">
      <Choice
        label={t('state')}
        value={state}
        options={[['', t('all')], ...DELIVERY_STATES.map((one) => [one, t(one)] as const)]}
        onChange={(one) => onChange({ ...chosen, state: one })}
      />
      <Choice
        label={t('destination')}
        value={kind}
        options={[['', t('all')], ...DESTINATION_KINDS.map((one) => [one, t(one)] as const)]}
        onChange={(one) => onChange({ ...chosen, destination_kind: one })}
      />
      <RestaurantFilter
        value={restaurant}
        onChange={(one) => onChange({ ...chosen, restaurant_id: one })}
      />
    </div>
  )
}

const LOOKS: Record<Delivery['state'], string> = {
  PENDING: 'badge',
  DONE: 'badge badge--good',
  DEAD: 'badge badge--bad',
  SKIPPED: 'badge',
}

function Row({ delivery, onChanged }: { delivery: Delivery; onChanged: (now: Delivery) => void }) {
  const { id, state, event_type: type, order_id: order } = delivery
  const { busy, trouble, run } = useTask()
  const what = `${destinationText(delivery)} · ${namedText(type)}`
  const retry = async () => {
    const sent = await run(outcomeOf(outbox[':id'].retry.$post({ param: { id } })))
    if (!sent.ok) return
    onChanged(sent.value)
    toast(t('sentAgain'))
  }
  return (
    <li class="line">
      <div class="line__what">
        <strong>{destinationText(delivery)}</strong> <span class={LOOKS[state]}>{t(state)}</span>
        <p>
          {namedText(type)} · {restaurantName(delivery.restaurant_id)}
          {order !== null && (
            <>
              {' · '}
              <a href={`#orders/${order}`}>{t('openOrder')}</a>
            </>
          )}
        </p>
        <p class="soft">{detailsText(delivery)}</p>
      </div>
      {isAdmin.value && state !== 'DONE' && (
        <button
          type="button"
          class="button button--small"
          disabled={busy}
          aria-label={t(state === 'PENDING' ? 'sendNowNamed' : 'retryNamed', { what })}
          onClick={() => void retry()}
        >
          {t(state === 'PENDING' ? 'sendNow' : 'retry')}
        </button>
      )}
      <Wrong text={trouble} />
    </li>
  )
}

const detailsText = (one: Delivery): string =>
  [
    momentText(one.created_at),
    `${t('tries')} ${one.attempts}`,
    ...(one.last_error === null ? [] : [one.last_error]),
    ...(one.next_at === null ? [] : [t('nextTry', { at: momentText(one.next_at) })]),
  ].join(' · ')
