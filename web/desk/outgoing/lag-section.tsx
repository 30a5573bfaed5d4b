import { clock } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { countText } from '../counts.ts'
import { lastingText } from '../durations.ts'
import { useEvery } from '../every.ts'
import { shortId } from '../ids.ts'
import { partnerName, restaurantName, usePartnerNames, useRestaurantNames } from '../names.ts'
import { api } from '../state.ts'
import { Table } from '../table.tsx'
import { behindnessOf, restaurantOf } from './destinations.ts'
import type { DestinationLag, Lag } from './types.ts'
import { t } from './words.ts'

const EVERY_MS = 30_000

/** How far behind everything is that leaves the platform. */
export function LagSection() {
  const { reading, again } = useReading(() =>
    outcomeOf(api.api.v1.admin.integrations.lag.$get({ query: {} })),
  )
  useEvery(EVERY_MS, () => void again())
  return (
    <section class="card stack" aria-labelledby="lag">
      <h2 id="lag">{t('lag')}</h2>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && <Behind lag={reading.value} />}
    </section>
  )
}

function Behind({ lag: { destinations, restaurants, partners } }: { lag: Lag }) {
  usePartnerNames()
  useRestaurantNames([
    ...destinations.map(restaurantOf),
    ...restaurants.map(({ restaurant_id: id }) => id),
    ...partners.map(({ restaurant_id: id }) => id),
  ])
  const now = Date.now()
  if (destinations.length + restaurants.length + partners.length === 0)
    return <p class="note note--good">{t('lagFine')}</p>
  return (
    <>
      {destinations.length > 0 && (
        <Table
          label={t('lag')}
          heads={[t('destination'), t('waiting'), t('oldest'), t('dead'), t('standing')]}
        >
          {destinations.map((one) => (
            <tr key={one.destination_id}>
              <th scope="row">{destinationText(one)}</th>
              <td>{countText(one.pending)}</td>
              <td>
                {one.oldest_pending_at === null ? '–' : lastingText(one.oldest_pending_at, now)}
              </td>
              <td>{countText(one.dead)}</td>
              <td>
                <Standing lag={one} now={now} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {restaurants.length > 0 && (
        <Table
          label={t('behindRestaurants')}
          heads={[t('behindRestaurants'), t('events_waiting'), t('oldest'), t('feedBehind')]}
        >
          {restaurants.map(({ restaurant_id: id, projection, feed }) => (
            <tr key={id}>
              <th scope="row">{restaurantName(id)}</th>
              <td>{projection.waiting === null ? t('noAnswer') : countText(projection.waiting)}</td>
              <td>
                {projection.behind_since === null ? '–' : lastingText(projection.behind_since, now)}
              </td>
              <td>{countText(feed.behind)}</td>
            </tr>
          ))}
        </Table>
      )}
      {partners.length > 0 && (
        <Table
          label={t('partnersBehind')}
          heads={[t('partnersBehind'), t('restaurant'), t('behind'), t('oldest')]}
        >
          {partners.map((one) => (
            <tr key={`${one.partner_id}/${one.restaurant_id}`}>
              <th scope="row">{partnerName(one.partner_id)}</th>
              <td>{restaurantName(one.restaurant_id)}</td>
              <td>{countText(one.behind)}</td>
              <td>{lastingText(one.behind_since, now)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}

function Standing({ lag, now }: { lag: DestinationLag; now: number }) {
  const { looks, word, at } = behindnessOf(lag)
  const values = at === null ? {} : { at: clock(at), span: lastingText(at, now) }
  return <span class={looks}>{t(word, values)}</span>
}

/** Whose it is and by which way, as people know them. */
export function destinationText(
  one: Pick<DestinationLag, 'destination_kind' | 'destination_id'> & {
    partner_id?: string | null
  },
): string {
  const { destination_kind: kind, destination_id: id, partner_id: partner = null } = one
  if (kind === 'DATA_PLATFORM') return t('platform')
  if (kind === 'PUSH')
    return `${t('PUSH')} · ${partner === null ? shortId(id) : partnerName(partner)}`
  const restaurant = restaurantOf(one)
  return restaurant === null ? t(kind) : `${t(kind)} · ${restaurantName(restaurant)}`
}
