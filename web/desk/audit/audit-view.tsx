import { outcomeOf } from '../../lib/outcome.ts'
import { textOf } from '../../lib/form.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Field, Form, Select } from '../../ui/parts.tsx'
import { FilterFold } from '../administration/filter-fold.tsx'
import { RestaurantField } from '../restaurant-field.tsx'
import type { AuditEntry } from '../administration/types.ts'
import { useRestaurantNames } from '../names.ts'
import { api } from '../state.ts'
import { ACTIONS, actionText } from './action-words.ts'
import { Entry } from './entry.tsx'
import { filter, NO_FILTER, queryOf } from './filter.ts'
import { t } from './words.ts'

const KINDS = [
  'user',
  'order',
  'refund-request',
  'setting',
  'setting-change',
  'alert-rule',
  'alert-channel',
  'partner',
  'partner-key',
  'partner-subscription',
  'partner-endpoint',
  'restaurant',
  'projection',
  'delivery',
  'dead-letter',
  'feed-event',
  'reconciliation',
  'exchange-rate',
  'database',
  'points-charge',
  'points-refund',
] as const satisfies readonly AuditEntry['subject']['kind'][]

/** Who changed what, newest first. */
export function AuditView() {
  const about = JSON.stringify(filter.value)
  const pages = usePages<AuditEntry>(
    (page) =>
      outcomeOf(api.api.v1.admin.audit.$get({ query: { ...queryOf(filter.value), ...page } })),
    about,
  )
  useRestaurantNames(pages.items.map(({ restaurant_id: id }) => id))
  const { actor, thing } = filter.value
  return (
    <>
      <p>{t('lead')}</p>
      <FilterFold>
        <Filters key={about} />
      </FilterFold>
      {actor !== '' && <p class="note">{t('narrowedBy')}</p>}
      {thing !== '' && <p class="note">{t('narrowedTo')}</p>}
      <section class="stack" aria-label={t('list')}>
        <Paged pages={pages} empty={t('none')}>
          {(entries) => (
            <ol class="card">
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </ol>
          )}
        </Paged>
      </section>
    </>
  )
}

const FIELDS = ['action', 'kind', 'thing', 'restaurant', 'from', 'to'] as const

const Filters = () => {
  const { action, kind, thing, restaurant, from, to } = filter.value
  return (
    <Form
      label={t('filters')}
      onSubmit={(form) => {
        const wanted = Object.fromEntries(FIELDS.map((name) => [name, textOf(form, name)]))
        filter.value = { ...filter.value, ...wanted }
      }}
    >
      <div class="filters">
        <Select
          name="action"
          label={t('action')}
          value={action}
          options={[['', t('all')], ...ACTIONS.map((one) => [one, actionText(one)] as const)]}
        />
        <Select
          name="kind"
          label={t('kind')}
          value={kind}
          options={[['', t('all')], ...KINDS.map((one) => [one, t(one)] as const)]}
        />
        <Field name="thing" label={t('things')} value={thing} maxLength={200} />
        <Field name="from" label={t('from')} type="date" value={from} />
        <Field name="to" label={t('to')} type="date" value={to} />
        <RestaurantField value={restaurant} hint={t('restaurantHint')} />
      </div>
      <div class="tools">
        <button type="submit" class="button button--main">
          {t('show')}
        </button>
        {filter.value !== NO_FILTER && (
          <button type="button" class="button" onClick={() => (filter.value = NO_FILTER)}>
            {t('clear')}
          </button>
        )}
      </div>
    </Form>
  )
}
