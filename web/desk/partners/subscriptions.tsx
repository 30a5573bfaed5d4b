import { useState } from 'preact/hooks'
import { dateText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { toast } from '../../ui/toasts.tsx'
import { Confirm, Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { restaurantName, useRestaurantNames } from '../names.ts'
import type { Subscription } from '../administration/types.ts'
import { api } from '../state.ts'
import { SubscriptionSheet } from './subscription-sheet.tsx'
import { isType } from './types-of.ts'
import { t } from './words.ts'

const { subscriptions } = api.api.v1.admin.integrations.partners[':id']

const whatOf = ({ restaurant_id: restaurant }: Subscription): string =>
  restaurant === null ? t('everyRestaurant') : restaurantName(restaurant)

/** What a partner may see. */
export function Subscriptions({ partner: id }: { partner: string }) {
  const { reading, again } = useReading(() =>
    wholeList<Subscription>((query) => outcomeOf(subscriptions.$get({ param: { id }, query }))),
  )
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Subscription | null>(null)
  useRestaurantNames(
    reading.kind === 'read' ? reading.value.map(({ restaurant_id: one }) => one) : [],
  )
  const done = () => {
    setAdding(false)
    setEnding(null)
    toast(t('saved'))
    void again()
  }
  return (
    <section class="card stack" aria-labelledby="subscriptions">
      <h3 id="subscriptions">{t('subscriptions')}</h3>
      <p class="soft">{t('subscriptionsLead')}</p>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && reading.value.length === 0 && <p>{t('noSubscriptions')}</p>}
      {reading.kind === 'read' && reading.value.length > 0 && (
        <ul>
          {reading.value.map((one) => (
            <Row key={one.id} one={one} onEnd={() => setEnding(one)} />
          ))}
        </ul>
      )}
      <div>
        <button type="button" class="button" onClick={() => setAdding(true)}>
          {t('subscribe')}
        </button>
      </div>
      {adding && <SubscriptionSheet partner={id} onClose={() => setAdding(false)} onDone={done} />}
      {ending !== null && (
        <Ending partner={id} one={ending} onClose={() => setEnding(null)} onDone={done} />
      )}
    </section>
  )
}

const Row = ({ one, onEnd }: { one: Subscription; onEnd: () => void }) => (
  <li class="line">
    <div class="line__what">
      <strong>{whatOf(one)}</strong>
      <p class="soft">
        {one.types === null
          ? t('everyType')
          : one.types.map((type) => (isType(type) ? t(type) : type)).join(', ')}{' '}
        · {dateText(one.created_at)}
      </p>
    </div>
    <button
      type="button"
      class="button button--small button--quiet"
      aria-label={t('endSubscriptionNamed', { what: whatOf(one) })}
      onClick={onEnd}
    >
      {t('endSubscription')}
    </button>
  </li>
)

function Ending({
  partner,
  one,
  onClose,
  onDone,
}: {
  partner: string
  one: Subscription
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const end = async () => {
    const param = { id: partner, subscription_id: one.id }
    const ended = await run(
      outcomeOf(subscriptions[':subscription_id'].$delete({ param }, keyFor(one.id))),
    )
    if (ended.ok) onDone()
  }
  return (
    <Confirm
      title={t('endSubscriptionTitle', { what: whatOf(one) })}
      text={t('endSubscriptionText')}
      yes={t('endSubscription')}
      busy={busy}
      trouble={trouble}
      onYes={() => void end()}
      onClose={onClose}
    />
  )
}
