import { useState } from 'preact/hooks'
import { dateText, momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { toast } from '../../ui/toasts.tsx'
import { Confirm } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { restaurantName, useRestaurantNames } from '../names.ts'
import type { AccountDetails } from '../administration/types.ts'
import { countText } from '../counts.ts'
import { showOrdersOf } from '../orders/order-filter.ts'
import { Opened } from '../opened.tsx'
import { api, me } from '../state.ts'
import { Facts } from '../support/facts.tsx'
import { OpenedHeading } from '../support/opened-heading.tsx'
import { AccountAccess } from './account-access.tsx'
import { AccountData } from './account-data.tsx'
import { Badges } from './account-list.tsx'
import { t } from './words.ts'

/** One account: what it is, where it works, where it is logged in, and what may be done about it. */
export const AccountPage = ({ id }: { id: string }) => (
  <Opened
    id={id}
    list="accounts"
    read={() => outcomeOf(api.api.v1.admin.users[':id'].$get({ param: { id } }))}
  >
    {(account, again) => (
      <>
        <div class="tools">
          <OpenedHeading>
            {account.erased_at === null ? account.name : t('erasedName')}
          </OpenedHeading>
          <Badges account={account} />
        </div>
        <About account={account} />
        {account.erased_at === null && (
          <>
            <Work account={account} />
            <Sessions account={account} onDone={again} />
            <AccountAccess account={account} onDone={again} />
          </>
        )}
        <AccountData account={account} onDone={again} />
      </>
    )}
  </Opened>
)

const About = ({ account }: { account: AccountDetails }) => (
  <section class="card stack" aria-label={t('facts')}>
    <Facts
      of={[
        ...(account.erased_at === null ? ([[t('email'), account.email]] as const) : []),
        [t('joined'), dateText(account.created_at)],
        [t('points'), t('pointsOf', { points: countText(account.points) })],
        ...(account.locked_at === null
          ? []
          : ([[t('lockedSince'), momentText(account.locked_at)]] as const)),
        ['ID', <span class="id">{account.id}</span>],
      ]}
    />
    <div>
      <a class="button button--small" href="#orders" onClick={() => showOrdersOf(account.id)}>
        {t('orders')}
      </a>
    </div>
  </section>
)

function Work({ account: { memberships } }: { account: AccountDetails }) {
  useRestaurantNames(memberships.map(({ restaurant_id: one }) => one))
  return (
    <section class="card stack" aria-labelledby="work">
      <h3 id="work">{t('work')}</h3>
      {memberships.length === 0 ? (
        <p class="soft">{t('noWork')}</p>
      ) : (
        <ul>
          {memberships.map(({ restaurant_id: restaurant, role }) => (
            <li key={restaurant} class="line">
              <span class="line__what">{restaurantName(restaurant)}</span>
              <span class="badge">{t(role)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Sessions({ account, onDone }: { account: AccountDetails; onDone: () => void }) {
  const [asked, setAsked] = useState(false)
  const { busy, trouble, run } = useTask()
  const { sessions, id, name } = account
  const end = async () => {
    const ended = await run(
      outcomeOf(api.api.v1.admin.users[':id'].sessions.$delete({ param: { id } })),
    )
    if (!ended.ok) return
    setAsked(false)
    toast(t('done'))
    onDone()
  }
  return (
    <section class="card stack" aria-labelledby="sessions">
      <h3 id="sessions">{t('sessions')}</h3>
      {sessions.length === 0 ? (
        <p class="soft">{t('noSessions')}</p>
      ) : (
        <>
          <ul>
            {sessions.map((session) => (
              <li key={session.id} class="line">
                <span class="line__what">
                  {t(session.device)}{' '}
                  <span class="soft">
                    {t('lastUsed', { at: momentText(session.last_used_at) })}
                  </span>
                </span>
                {session.current && <span class="badge badge--good">{t('thisOne')}</span>}
              </li>
            ))}
          </ul>
          <div>
            <button type="button" class="button" onClick={() => setAsked(true)}>
              {t('endAll')}
            </button>
          </div>
        </>
      )}
      {asked && (
        <Confirm
          title={t('endAllTitle', { name })}
          text={`${t('endAllText')} ${id === me.value?.id ? t('endAllOwn') : ''}`}
          yes={t('endAll')}
          busy={busy}
          trouble={trouble}
          onYes={() => void end()}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  )
}
