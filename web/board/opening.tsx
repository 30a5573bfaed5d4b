import { Sheet } from '../ui/sheet.tsx'
import { openNow, tap } from './state.ts'
import { t } from './words.ts'

const PAUSES = [15, 30, 60] as const
const DELAYS = [10, 20, 30] as const
const MINUTE_MS = 60_000

/** Taking no orders for a while, or saying that they take longer. */
export function Opening({ onClose }: { onClose: () => void }) {
  const pause = (minutes: number | null) => {
    const until = minutes === null ? null : new Date(Date.now() + minutes * MINUTE_MS).toISOString()
    tap({ kind: 'pause', until })
    onClose()
  }
  const busy = (minutes: number) => {
    tap({ kind: 'busy', minutes })
    onClose()
  }
  return (
    <Sheet title={t('opening')} closeLabel={t('close')} onClose={onClose}>
      <p role="status">{t(openNow.value ? 'openNow' : 'closedNow')}</p>
      <div class="minutes">
        {PAUSES.map((minutes) => (
          <button key={minutes} type="button" class="button" onClick={() => pause(minutes)}>
            {t('pauseFor', { minutes })}
          </button>
        ))}
        <button type="button" class="button" onClick={() => pause(null)}>
          {t('pauseOn')}
        </button>
        <button
          type="button"
          class="button button--main"
          onClick={() => {
            tap({ kind: 'resume' })
            onClose()
          }}
        >
          {t('resume')}
        </button>
      </div>
      <div class="minutes">
        {DELAYS.map((minutes) => (
          <button key={minutes} type="button" class="button" onClick={() => busy(minutes)}>
            {t('busy', { minutes })}
          </button>
        ))}
        <button type="button" class="button" onClick={() => busy(0)}>
          {t('notBusy')}
        </button>
      </div>
    </Sheet>
  )
}
