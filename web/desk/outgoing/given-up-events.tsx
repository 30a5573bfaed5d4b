import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { partnerName, restaurantName, usePartnerChoice, useRestaurantNames } from '../names.ts'
import { RestaurantFilter } from '../restaurant-field.tsx'
import { api, isAdmin } from '../state.ts'
import { Choice } from '../choice.tsx'
import { narrowing, type Chosen } from '../filters.ts'
import { RetryAll } from './retry-all.tsx'
import type { GivenUpEvent } from './types.ts'
import { namedText, t } from './words.ts'

const { dead } = api.api.v1.admin.integrations.feed
const keyOf = (one: GivenUpEvent): string => `${one.partner_id}/${one.event_id}`

/** What partners were handed in vain, and handing it out once more. */
export function GivenUpEvents() {
  const [chosen, setChosen] = useState<Chosen>({ partner_id: '', restaurant_id: '' })
  const { partner_id: partner = '', restaurant_id: restaurant = '' } = chosen
  const filter = narrowing(chosen)
  const about = JSON.stringify(filter)
  const pages = usePages((query) => outcomeOf(dead.$get({ query: { ...query, ...filter } })), about)
  const partners = usePartnerChoice(pages.items.map((one) => one.partner_id))
  useRestaurantNames(pages.items.map((one) => one.restaurant_id))
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set())
  return (
    <section class="card stack" aria-labelledby="events">
      <h2 id="events">{t('events')}</h2>
      <p class="soft">{t('eventsHint')}</p>
      <div class="pair">
        <Choice
          label={t('partner')}
          value={partner}
          options={[['', t('anyPartner')], ...partners]}
          onChange={(one) => setChosen({ ...chosen, partner_id: one })}
        />
        <RestaurantFilter
          value={restaurant}
          onChange={(one) => setChosen({ ...chosen, restaurant_id: one })}
        />
      </div>
      {isAdmin.value && (
        <RetryAll
          about={about}
          none={pages.items.length === 0}
          text={t('retryEvents')}
          send={(options) => outcomeOf(dead.retry.$post({ json: { filter } }, options))}
          onSent={() => void pages.again()}
        />
      )}
      <Paged pages={pages} empty={t('noEvents')}>
        {(events) => (
          <ul>
            {events.map((event) => (
              <Row
                key={keyOf(event)}
                event={event}
                sent={sent.has(keyOf(event))}
                onSent={() => setSent(new Set([...sent, keyOf(event)]))}
              />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  )
}

function Row({ event, sent, onSent }: { event: GivenUpEvent; sent: boolean; onSent: () => void }) {
  const { partner_id, event_id, restaurant_id: restaurant, type } = event
  const { busy, trouble, run } = useTask()
  const what = `${partnerName(partner_id)} · ${type === null ? t('swept') : namedText(type)}`
  const retry = async () => {
    const param = { partner_id, event_id }
    const answered = await run(outcomeOf(dead[':partner_id'][':event_id'].retry.$post({ param })))
    if (answered.ok) onSent()
  }
  return (
    <li class="line">
      <div class="line__what">
        <strong>{what}</strong>
        <p class="soft">
          {restaurantName(restaurant)} · {t('handedOut')} {event.attempts} · {t('givenUpAt')}{' '}
          {momentText(event.given_up_at)}
        </p>
      </div>
      {sent ? (
        <span class="badge badge--good" role="status">
          {t('sentAgain')}
        </span>
      ) : (
        isAdmin.value && (
          <button
            type="button"
            class="button button--small"
            disabled={busy}
            aria-label={t('retryNamed', { what })}
            onClick={() => void retry()}
          >
            {t('retry')}
          </button>
        )
      )}
      <Wrong text={trouble} />
    </li>
  )
}
