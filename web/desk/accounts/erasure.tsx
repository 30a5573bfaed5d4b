import { useEffect } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { api } from '../state.ts'
import { stageOf } from './erasure-text.ts'
import { t } from './words.ts'

const LOOK_AGAIN_MS = 5_000

/** How far taking somebody out of everything is; looked at again while it goes on. */
export function ErasureProgress({ id }: { id: string }) {
  const { reading, again } = useReading(() =>
    outcomeOf(api.api.v1.admin.users[':id'].erasure.$get({ param: { id } })),
  )
  const stage = reading.kind === 'read' ? stageOf(reading.value) : null
  useEffect(() => {
    if (stage !== 'restaurants') return
    const timer = setInterval(() => void again(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [stage])
  return (
    <section class="card stack" aria-labelledby="erasure">
      <h3 id="erasure">{t('erasure')}</h3>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && (
        <>
          <p class="soft">{t('erasureBegun', { at: momentText(reading.value.asked_at) })}</p>
          {reading.value.restaurants > 0 && (
            <progress
              class="progress"
              aria-label={t('erasure')}
              max={reading.value.restaurants}
              value={reading.value.restaurants_done}
            />
          )}
          <p role="status">
            {stage === 'done' && t('erasureDone', { at: momentText(reading.value.done_at ?? '') })}
            {stage === 'last-look' && t('erasureLast')}
            {stage === 'restaurants' &&
              t('erasureAt', {
                total: reading.value.restaurants,
                done: reading.value.restaurants_done,
              })}
          </p>
        </>
      )}
    </section>
  )
}
