import { clock } from '../../lib/format.ts'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { Wrong } from '../../ui/parts.tsx'
import { api, takeRestaurant, type Restaurant } from '../state.ts'
import { useTask } from '../../ui/task.ts'
import { t } from './words.ts'

type Opening = Pick<
  Restaurant,
  | 'open'
  | 'opens_at'
  | 'paused'
  | 'paused_until'
  | 'pause_reason'
  | 'busy_delay_minutes'
  | 'busy_until'
>

const DELAYS = [10, 20, 30] as const
const PAUSES = [30, 60] as const
const MINUTE_MS = 60_000

/** Whether orders are taken now, and taking none for a while. */
export function PauseSection({ now }: { now: Restaurant }) {
  const { busy, trouble, run } = useTask()
  const { me } = api.api.v1.restaurants
  const take = async (work: Promise<Outcome<Opening>>) => {
    const done = await run(work)
    if (done.ok) takeRestaurant({ ...now, ...done.value })
  }
  const pause = (minutes: number | null) => {
    const until = minutes === null ? null : new Date(Date.now() + minutes * MINUTE_MS).toISOString()
    void take(outcomeOf(me.pause.$post({ json: { until } })))
  }
  const delay = (minutes: number) =>
    void take(outcomeOf(me.busy.$post({ json: { delay_minutes: minutes } })))
  return (
    <section class="card stack" aria-labelledby="opening">
      <h2 id="opening">{t('opening')}</h2>
      <p role="status">
        <span class={now.open ? 'badge badge--good' : 'badge badge--bad'}>
          {t(now.open ? 'openNow' : 'closedNow')}
        </span>{' '}
        {now.paused && now.paused_until !== null && t('until', { time: clock(now.paused_until) })}
      </p>
      {now.busy_delay_minutes > 0 && <p>{t('busyNow', { minutes: now.busy_delay_minutes })}</p>}
      <Wrong text={trouble} />
      <div class="tools">
        {now.paused ? (
          <button
            type="button"
            class="button button--main"
            disabled={busy}
            onClick={() => void take(outcomeOf(me.resume.$post()))}
          >
            {t('resume')}
          </button>
        ) : (
          <>
            {PAUSES.map((minutes) => (
              <button
                key={minutes}
                type="button"
                class="button"
                disabled={busy}
                onClick={() => pause(minutes)}
              >
                {t('pauseFor', { minutes })}
              </button>
            ))}
            <button type="button" class="button" disabled={busy} onClick={() => pause(null)}>
              {t('pauseOn')}
            </button>
          </>
        )}
      </div>
      <div class="tools">
        {DELAYS.map((minutes) => (
          <button
            key={minutes}
            type="button"
            class="button"
            disabled={busy || minutes === now.busy_delay_minutes}
            onClick={() => delay(minutes)}
          >
            {t('busyFor', { minutes })}
          </button>
        ))}
        {now.busy_delay_minutes > 0 && (
          <button type="button" class="button" disabled={busy} onClick={() => delay(0)}>
            {t('notBusy')}
          </button>
        )}
      </div>
    </section>
  )
}
