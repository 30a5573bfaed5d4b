import { clock } from '../lib/format.ts'
import { barred, join, menu } from './state.ts'
import { obstacleOf } from './why.ts'
import { t } from './words.ts'

/** Why nothing can be ordered, or what takes longer. Said aloud once, where it stands in the page. */
export function Notices({ isLive = true }: { isLive?: boolean }) {
  const { restaurant } = menu.value
  const { open, opens_at: opensAt, busy_delay_minutes: delay } = restaurant
  const obstacle = obstacleOf(barred.value, restaurant)
  return (
    <div role={isLive ? 'status' : undefined} class="notices">
      {obstacle !== null && (
        <div class="note note--warn stack">
          <p>
            {t(obstacle)}
            {obstacle === 'closed' && opensAt !== null && (
              <> {t('opensAt', { time: clock(opensAt) })}</>
            )}
          </p>
          {obstacle === 'notSeated' && (
            <button type="button" class="button" onClick={() => void join()}>
              {t('again')}
            </button>
          )}
        </div>
      )}
      {open && delay > 0 && <p class="note">{t('busy', { minutes: delay })}</p>}
    </div>
  )
}
