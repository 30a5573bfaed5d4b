import { textOf } from '../../lib/form.ts'
import { Field, Form, Select } from '../../ui/parts.tsx'
import { me } from '../state.ts'
import { ACTIONS, NO_FILTER, type Filter } from './filter.ts'
import { t } from './words.ts'

const IDS = ['actor', 'customer', 'order'] as const
const ID = '\\s*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\s*'

/** By person, customer, order, kind and time. */
export function ActivityFilters({
  filter,
  onFilter,
}: {
  filter: Filter
  onFilter: (filter: Filter) => void
}) {
  const submit = (form: FormData) =>
    onFilter({
      actor: textOf(form, 'actor'),
      customer: textOf(form, 'customer'),
      order: textOf(form, 'order'),
      action: textOf(form, 'action'),
      from: textOf(form, 'from'),
      to: textOf(form, 'to'),
    })
  return (
    <Form label={t('filters')} onSubmit={submit}>
      <div class="filters">
        <Select
          name="action"
          label={t('kind')}
          value={filter.action}
          options={[
            ['', t('kind_all')],
            ...ACTIONS.map((one): [string, string] => [one, t(`do_${one}`)]),
          ]}
        />
        <Field name="from" label={t('from')} type="datetime-local" value={filter.from} />
        <Field name="to" label={t('to')} type="datetime-local" value={filter.to} />
      </div>
      <details class="fold" open={IDS.some((name) => filter[name] !== '')}>
        <summary>{t('ids')}</summary>
        <div class="filters">
          {IDS.map((name) => (
            <IdField key={name} name={name} value={filter[name]} />
          ))}
        </div>
      </details>
      <div class="tools">
        <button type="submit" class="button button--main">
          {t('apply')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => onFilter({ ...filter, actor: me.value?.id ?? '' })}
        >
          {t('mine')}
        </button>
        <button type="button" class="button" onClick={() => onFilter(NO_FILTER)}>
          {t('clear')}
        </button>
      </div>
    </Form>
  )
}

const IdField = ({ name, value }: { name: (typeof IDS)[number]; value: string }) => (
  <div class="field">
    <label for={`activity-${name}`}>{t(name)}</label>
    <input
      id={`activity-${name}`}
      name={name}
      defaultValue={value}
      pattern={ID}
      title={t('idWrong')}
      autocomplete="off"
      spellcheck={false}
    />
  </div>
)
