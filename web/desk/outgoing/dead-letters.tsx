import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { restaurantName, useRestaurantNames } from '../names.ts'
import { api } from '../state.ts'
import { Choice } from '../choice.tsx'
import { narrowing, type Chosen } from '../filters.ts'
import { RetryAll } from './retry-all.tsx'
import { MESSAGE_KINDS, type DeadLetter } from './types.ts'
import { namedText, t } from './words.ts'

const ROUTES = api.api.v1.admin['dead-letters']

/** Messages of the queue that were given up. */
export function DeadLetters() {
  const [redriven, setRedriven] = useState('false')
  const [chosen, setChosen] = useState<Chosen>({ message_kind: '', error_kind: '' })
  const { message_kind: kind = '', error_kind: error = '' } = chosen
  const filter = narrowing(chosen)
  const about = JSON.stringify({ redriven, ...filter })
  const pages = usePages(
    (query) =>
      outcomeOf(ROUTES.$get({ query: { ...query, ...filter, ...narrowing({ redriven }) } })),
    about,
  )
  useRestaurantNames(pages.items.map(({ restaurant_id: id }) => id))
  return (
    <section class="card stack" aria-labelledby="letters">
      <h2 id="letters">{t('letters')}</h2>
      <p class="soft">{t('lettersHint')}</p>
      <div class="pair">
        <Choice
          label={t('state')}
          value={redriven}
          options={[
            ['false', t('notRedriven')],
            ['true', t('redriven')],
            ['', t('all')],
          ]}
          onChange={setRedriven}
        />
        <Choice
          label={t('kind')}
          value={kind}
          options={[['', t('anyKind')], ...MESSAGE_KINDS.map((one) => [one, t(one)] as const)]}
          onChange={(one) => setChosen({ ...chosen, message_kind: one })}
        />
        <Choice
          label={t('error')}
          value={error}
          options={[
            ['', t('anyError')],
            ['EXHAUSTED', t('EXHAUSTED')],
            ['MALFORMED', t('MALFORMED')],
          ]}
          onChange={(one) => setChosen({ ...chosen, error_kind: one })}
        />
      </div>
      {redriven === 'false' && (
        <RetryAll
          about={about}
          none={pages.items.length === 0}
          text={t('retryLetters')}
          send={(options) => outcomeOf(ROUTES.redrive.$post({ json: { filter } }, options))}
          onSent={() => void pages.again()}
        />
      )}
      <Paged pages={pages} empty={t('noLetters')}>
        {(letters) => (
          <ul>
            {letters.map((letter) => (
              <Row
                key={letter.id}
                letter={letter}
                onChanged={(now) => pages.put(({ id }) => id === now.id, now)}
              />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  )
}

function Row({ letter, onChanged }: { letter: DeadLetter; onChanged: (now: DeadLetter) => void }) {
  const { id, message_kind: kind, error_kind: error, restaurant_id: restaurant } = letter
  const { redriven_at: redrivenAt, first_seen_at: seenAt } = letter
  const { busy, trouble, run } = useTask()
  const what = kind === null ? t('unknownKind') : namedText(kind)
  const redrive = async () => {
    const sent = await run(outcomeOf(ROUTES[':id'].redrive.$post({ param: { id } })))
    if (!sent.ok) return
    onChanged(sent.value)
    toast(t('sentAgain'))
  }
  return (
    <li class="line">
      <div class="line__what">
        <strong>{what}</strong> <span class="badge badge--bad">{t(error)}</span>
        <p class="soft">
          {momentText(seenAt)}
          {restaurant !== null && ` · ${restaurantName(restaurant)}`}
        </p>
      </div>
      {redrivenAt === null ? (
        <button
          type="button"
          class="button button--small"
          disabled={busy}
          aria-label={t('retryNamed', { what })}
          onClick={() => void redrive()}
        >
          {t('retry')}
        </button>
      ) : (
        <span class="badge badge--good">{t('redrivenAt', { at: momentText(redrivenAt) })}</span>
      )}
      <Wrong text={trouble} />
    </li>
  )
}
