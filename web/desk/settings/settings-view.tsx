import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Loading, Unread } from '../../ui/parts.tsx'
import { usePages } from '../../ui/pages.ts'
import { useReading } from '../../ui/reading.ts'
import { useAdministratorNames, useRestaurantNames } from '../names.ts'
import { narrowing, type Chosen } from '../filters.ts'
import { api } from '../state.ts'
import { History } from './history.tsx'
import { SettingRow } from './setting-row.tsx'
import type { Setting } from './types.ts'
import { t } from './words.ts'

const { settings } = api.api.v1.admin

/** The platform's settings: one administrator proposes a change, another decides it. */
export function SettingsView() {
  const { reading, again } = useReading(() => outcomeOf(settings.$get()))
  const [chosen, setChosen] = useState<Chosen>({ name: '', state: '' })
  const filter = narrowing(chosen)
  const pages = usePages(
    (query) => outcomeOf(settings.changes.$get({ query: { ...query, ...filter } })),
    JSON.stringify(filter),
  )
  useAdministratorNames()
  const all = reading.kind === 'read' ? reading.value.items : []
  useRestaurantNames(restaurantsOf(all))
  return (
    <>
      <p class="note">{t('fourEyes')}</p>
      {reading.kind === 'loading' && <Loading />}
      {reading.kind === 'unread' && <Unread onRetry={() => void again()} />}
      {reading.kind === 'read' && (
        <>
          <section class="card stack" aria-labelledby="now">
            <h2 id="now">{t('now')}</h2>
            <ul>
              {all.map((setting) => (
                <SettingRow
                  key={setting.name}
                  setting={setting}
                  onChanged={() => {
                    void again()
                    void pages.again()
                  }}
                />
              ))}
            </ul>
          </section>
          <History settings={all} pages={pages} chosen={chosen} onChoose={setChosen} />
        </>
      )}
    </>
  )
}

/** Whose names are asked for. */
const restaurantsOf = (settings: readonly Setting[]): string[] =>
  settings
    .filter(({ type }) => type === 'restaurant')
    .flatMap(({ value, open_change: open }) => [value, open?.from, open?.to])
    .filter((id) => typeof id === 'string')
