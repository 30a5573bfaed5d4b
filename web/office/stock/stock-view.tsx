import { useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { api } from '../state.ts'
import { Audits } from './audits.tsx'
import { LevelSheet } from './level-sheet.tsx'
import { t } from './words.ts'

type Inventory = Api['api']['v1']['restaurants']['me']['inventory']
export type Level = InferResponseType<Inventory['levels']['$get'], 200>['items'][number]

const readLevels = () =>
  wholeList<Level>((query) => outcomeOf(api.api.v1.restaurants.me.inventory.levels.$get({ query })))

/** How many there are of what is counted, and every change of it. */
export function StockView() {
  const { reading, again } = useReading(readLevels)
  const [chosen, setChosen] = useState<Level | null>(null)
  const [changes, setChanges] = useState(0)
  if (reading.kind !== 'read') return <Pending of={reading} again={() => void again()} />
  return (
    <>
      <p>{t('lead')}</p>
      <ul class="card">
        {reading.value.map((level) => (
          <li key={level.menu_id} class="line">
            <div class="line__what">
              <strong>{level.name}</strong>{' '}
              {level.low && <span class="badge badge--bad">{t('low')}</span>}
              <p class="soft">
                {level.counted
                  ? t('levelOf', { left: level.available ?? 0, held: level.reserved ?? 0 })
                  : t('notCounted')}
                {level.daily_portions !== null &&
                  ` · ${t('daily', { count: level.daily_portions })}`}
              </p>
            </div>
            <button
              type="button"
              class="button button--small"
              aria-label={t(level.counted ? 'editNamed' : 'startNamed', { name: level.name })}
              onClick={() => setChosen(level)}
            >
              {t(level.counted ? 'edit' : 'startCounting')}
            </button>
          </li>
        ))}
      </ul>
      {reading.value.length === 0 && <p class="soft">{t('noDishes')}</p>}
      <Audits changes={changes} />
      {chosen !== null && (
        <LevelSheet
          level={chosen}
          onClose={() => setChosen(null)}
          onSaved={() => {
            setChanges(changes + 1)
            void again()
          }}
        />
      )}
    </>
  )
}
