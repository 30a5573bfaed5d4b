import { textOf } from '../../lib/form.ts'
import { dateText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Field, Form, Select } from '../../ui/parts.tsx'
import { FilterFold } from '../administration/filter-fold.tsx'
import { RestaurantField } from '../restaurant-field.tsx'
import type { Account } from '../administration/types.ts'
import { api, me } from '../state.ts'
import { filter, NO_FILTER, queryOf } from './filter.ts'
import { ROLES } from './roles.ts'
import { t } from './words.ts'

/** Accounts, newest first, narrowed down by what is known of somebody. */
export function AccountList() {
  const query = queryOf(filter.value)
  const pages = usePages<Account>(
    (page) => outcomeOf(api.api.v1.admin.users.$get({ query: { ...query, ...page } })),
    JSON.stringify(query),
  )
  return (
    <>
      <FilterFold>
        <Filters key={JSON.stringify(filter.value)} />
      </FilterFold>
      <section class="stack" aria-label={t('list')}>
        <Paged pages={pages} empty={t('none')}>
          {(accounts) => (
            <ul class="card">
              {accounts.map((account) => (
                <Row key={account.id} account={account} />
              ))}
            </ul>
          )}
        </Paged>
      </section>
    </>
  )
}

const Filters = () => {
  const { email, name, role, locked, restaurant } = filter.value
  return (
    <Form
      label={t('filters')}
      onSubmit={(form) => {
        filter.value = {
          ...{ email: textOf(form, 'email'), name: textOf(form, 'name') },
          ...{ role: textOf(form, 'role'), locked: textOf(form, 'locked') },
          restaurant: textOf(form, 'restaurant'),
        }
      }}
    >
      <div class="filters">
        <Field name="email" label={t('emailBegins')} value={email} maxLength={255} />
        <Field name="name" label={t('namePart')} value={name} maxLength={100} />
        <Select
          name="role"
          label={t('role')}
          value={role}
          options={[['', t('all')], ...ROLES.map((one) => [one, t(one)] as const)]}
        />
        <Select
          name="locked"
          label={t('locked')}
          value={locked}
          options={[
            ['', t('all')],
            ['true', t('lockedOnly')],
            ['false', t('openOnly')],
          ]}
        />
        <RestaurantField value={restaurant} hint={t('worksAt')} />
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

const Row = ({ account }: { account: Account }) => (
  <li class="line">
    <div class="line__what">
      <a href={`#accounts/${account.id}`}>
        <strong>{account.erased_at === null ? account.name : t('erasedName')}</strong>
      </a>{' '}
      <Badges account={account} />
      <p class="soft">
        {account.erased_at === null && `${account.email} · `}
        {t('joined')} {dateText(account.created_at)}
      </p>
    </div>
  </li>
)

/** What is to be known of an account at a glance. */
export const Badges = ({ account }: { account: Account }) => (
  <>
    <span class="badge">{t(account.role)}</span>{' '}
    {account.id === me.value?.id && <span class="badge badge--good">{t('isYou')}</span>}
    {account.locked_at !== null && <span class="badge badge--bad">{t('isLocked')}</span>}
    {account.erased_at !== null && <span class="badge">{t('isErased')}</span>}
  </>
)
