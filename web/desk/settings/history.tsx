import { momentText } from '../../lib/format.ts'
import { Paged } from '../../ui/paged.tsx'
import type { Pages } from '../../ui/pages.ts'
import { useRestaurantNames } from '../names.ts'
import { Choice } from '../choice.tsx'
import type { Chosen } from '../filters.ts'
import { valueText, whoText } from './texts.ts'
import type { Change, Setting } from './types.ts'
import { nameText, t } from './words.ts'

const STATES = ['PROPOSED', 'APPROVED', 'REJECTED', 'EXPIRED'] as const
const LOOKS: Record<Change['state'], string> = {
  PROPOSED: 'badge',
  APPROVED: 'badge badge--good',
  REJECTED: 'badge badge--bad',
  EXPIRED: 'badge',
}

/** What was proposed and what came of it, newest first. */
export function History({
  settings,
  pages,
  chosen,
  onChoose,
}: {
  settings: readonly Setting[]
  pages: Pages<Change>
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
}) {
  const { name = '', state = '' } = chosen
  const typeOf = (change: Change) => settings.find((one) => one.name === change.name)
  useRestaurantNames(
    pages.items
      .filter((change) => typeOf(change)?.type === 'restaurant')
      .flatMap(({ from, to }) => [from, to])
      .filter((id) => typeof id === 'string'),
  )
  return (
    <section class="card stack" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      <div class="pair">
        <Choice
          label={t('setting')}
          value={name}
          options={[
            ['', t('anySetting')],
            ...settings.map((one) => [one.name, nameText(one.name)] as const),
          ]}
          onChange={(one) => onChoose({ ...chosen, name: one })}
        />
        <Choice
          label={t('state')}
          value={state}
          options={[['', t('anyState')], ...STATES.map((one) => [one, t(one)] as const)]}
          onChange={(one) => onChoose({ ...chosen, state: one })}
        />
      </div>
      <Paged pages={pages} empty={t('noHistory')}>
        {(changes) => (
          <ul>
            {changes.map((change) => (
              <Row key={change.id} change={change} setting={typeOf(change)} />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  )
}

function Row({ change, setting }: { change: Change; setting: Setting | undefined }) {
  const { state, reason, note, decided_by: by, decided_at: at } = change
  const kind = setting ?? { type: 'integer', unit: null }
  return (
    <li class="line">
      <div class="line__what">
        <strong>{nameText(change.name)}</strong>{' '}
        {t('fromTo', { from: valueText(kind, change.from), to: valueText(kind, change.to) })}{' '}
        <span class={LOOKS[state]}>{t(state)}</span>
        <p>“{reason}”</p>
        <p class="soft">
          {t('proposedBy', {
            who: whoText(change.proposed_by),
            at: momentText(change.proposed_at),
          })}
          {by !== null &&
            at !== null &&
            ` · ${t('decidedBy', { who: whoText(by), at: momentText(at) })}`}
        </p>
        {note !== null && <p>“{note}”</p>}
        {state === 'EXPIRED' && <p class="soft">{t('expiredHint')}</p>}
      </div>
    </li>
  )
}
