import { momentText } from '../../lib/format.ts'
import { locale } from '../../lib/i18n.ts'
import { restaurantName } from '../names.ts'
import type { AuditEntry } from '../administration/types.ts'
import { Facts } from '../support/facts.tsx'
import { Colleague } from '../support/people.tsx'
import { actionText } from './action-words.ts'
import { fieldText } from './field-words.ts'
import { namedValue } from './named-value.ts'
import { filter, NO_FILTER } from './filter.ts'
import { changesOf, placeOf, valueText, type Change } from './read-entry.ts'
import { t } from './words.ts'

/** One line: who did what to what, why, and what became what. */
export function Entry({ entry }: { entry: AuditEntry }) {
  const { at, actor, action, subject, reason } = entry
  const place = placeOf(entry)
  const changes = changesOf(entry)
  const kind = t(subject.kind)
  return (
    <li class="line">
      <div class="line__what entry">
        <p>
          <strong>{actionText(action)}</strong>{' '}
          <span class="soft">
            {place === null ? kind : <a href={place}>{kind}</a>} · {momentText(at)} ·{' '}
          </span>
          {actor.id === null ? t('system') : <Colleague id={actor.id} />}
        </p>
        {reason !== null && <p>“{reason}”</p>}
        {changes.length > 0 && (
          <ul class="changes">
            {changes.map((change) => (
              <ChangeLine key={change.field} change={change} />
            ))}
          </ul>
        )}
        <Details entry={entry} />
      </div>
    </li>
  )
}

function ChangeLine({ change: { field, from, to, same } }: { change: Change }) {
  const words = { nothing: t('nothing'), yes: t('yes'), no: t('no') }
  const text = (value: Change['to']) =>
    namedValue(field, value) ?? valueText(value, words, locale.value)
  return (
    <li class="change">
      <span class="soft">{fieldText(field)}</span>
      {!same && (
        <>
          <span class="unseen">{t('before')}</span>
          <del>{text(from)}</del>
          <span aria-hidden="true">→</span>
          <span class="unseen">{t('after')}</span>
        </>
      )}
      <ins>{text(to)}</ins>
    </li>
  )
}

const Details = ({ entry }: { entry: AuditEntry }) => (
  <details class="details">
    <summary>{t('more_')}</summary>
    <div class="stack">
      <Facts
        of={[
          [t('kind'), t(entry.subject.kind)],
          [t('things'), <span class="id">{entry.subject.id}</span>],
          ...(entry.restaurant_id === null
            ? []
            : ([[t('atRestaurant'), restaurantName(entry.restaurant_id)]] as const)),
          ...(entry.trace_id === null
            ? []
            : ([[t('trace'), <span class="id">{entry.trace_id}</span>]] as const)),
        ]}
      />
      <div class="tools">
        {entry.actor.id !== null && (
          <button
            type="button"
            class="button button--small"
            onClick={() => (filter.value = { ...NO_FILTER, actor: entry.actor.id ?? '' })}
          >
            {t('onlyBy')}
          </button>
        )}
        <button
          type="button"
          class="button button--small"
          onClick={() => {
            const { kind, id } = entry.subject
            filter.value = { ...NO_FILTER, kind, thing: id }
          }}
        >
          {t('onlyThis')}
        </button>
      </div>
    </div>
  </details>
)
