import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { useReading } from '../../ui/reading.ts'
import { shortId } from '../ids.ts'
import { restaurantName, useRestaurantNames } from '../names.ts'
import { api } from '../state.ts'
import { readChannels } from './channels-section.tsx'
import { figureOf, kindText } from './kinds.ts'
import { Table } from '../table.tsx'
import { t } from './words.ts'

const LOOKS = { WAITING: 'badge', SENT: 'badge badge--good', GIVEN_UP: 'badge badge--bad' } as const

/** What a channel was told in the last thirty days, and what became of it. */
export function Messages({ channelId }: { channelId: string }) {
  const pages = usePages(
    (query) =>
      outcomeOf(
        api.api.v1.admin.alerts.channels[':id'].messages.$get({ param: { id: channelId }, query }),
      ),
    channelId,
  )
  const { reading } = useReading(readChannels)
  const channel =
    reading.kind === 'read' ? reading.value.find(({ id }) => id === channelId) : undefined
  useRestaurantNames(pages.items.map(({ restaurant_id: id }) => id))
  return (
    <>
      <div>
        <a class="button" href="#alerts">
          {t('back')}
        </a>
      </div>
      <section class="card stack" aria-labelledby="messages">
        <h2 id="messages">{t('messagesOf', { name: channel?.name ?? shortId(channelId) })}</h2>
        <p class="soft">{t('messagesHint')}</p>
        <Paged pages={pages} empty={t('noMessages')}>
          {(messages) => (
            <Table
              label={t('messages')}
              heads={[t('when'), t('what'), t('where'), t('state'), { sum: t('tries') }]}
            >
              {messages.map((one) => (
                <tr key={one.id}>
                  <td>{momentText(one.created_at)}</td>
                  <th scope="row">
                    {one.kind === null
                      ? t(one.news)
                      : `${kindText(one.kind)} · ${t(one.news)} · ${figureOf(one.kind, one.value)}`}
                  </th>
                  <td>{one.restaurant_id === null ? '–' : restaurantName(one.restaurant_id)}</td>
                  <td>
                    <span class={LOOKS[one.state]}>{t(one.state)}</span>
                    {one.last_error !== null && <p class="soft">{one.last_error}</p>}
                    {one.state === 'WAITING' && one.next_try_at !== null && (
                      <p class="soft">{t('nextTry', { at: momentText(one.next_try_at) })}</p>
                    )}
                  </td>
                  <td class="sum">{one.attempts}</td>
                </tr>
              ))}
            </Table>
          )}
        </Paged>
      </section>
    </>
  )
}
