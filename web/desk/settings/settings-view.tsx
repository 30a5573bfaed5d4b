import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { usePages } from '../../ui/pages.ts'
import { useReading } from '../../ui/reading.ts'
import { usePeopleNames, useRestaurantNames } from '../names.ts'
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
  const all = reading.kind === 'read' ? reading.value.items : []
  useRestaurantNames(restaurantsOf(all))
  usePeopleNames([
    ...all.flatMap(({ changed, open_change: open }) => [
      ...[changed?.proposed_by, changed?.approved_by, open?.proposed_by],
    ]),
    ...pages.items.flatMap((change) => [change.proposed_by, change.decided_by]),
  ])
  return (
    <>
      <p class="note">{t('fourEyes')}</p>
      <Pending of={reading} again={() => void again()} />
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
