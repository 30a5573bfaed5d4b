import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { FilterFold } from '../administration/filter-fold.tsx'
import { ofTheLogIn } from '../me.ts'
import { api } from '../state.ts'
import type { Activity } from '../support/types.ts'
import { ActivityFilters } from './activity-filters.tsx'
import { ActivityTable } from './activity-table.tsx'
import { NO_FILTER, queryOf, type Filter } from './filter.ts'
import { t } from './words.ts'

/** Stays while somebody is logged in, so that "back" finds the same list. */
const filter = ofTheLogIn<Filter>(NO_FILTER)

/** Who looked at what of whom; everybody of support may see it of everybody. */
export function ActivityView() {
  const about = JSON.stringify(filter.value)
  const pages = usePages<Activity>(
    (query) =>
      outcomeOf(
        api.api.v1.support.activity.$get({ query: { ...queryOf(filter.value), ...query } }),
      ),
    about,
  )
  const choose = (wanted: Filter) => {
    filter.value = wanted
  }
  return (
    <>
      <p class="soft">{t('lead')}</p>
      <FilterFold>
        <ActivityFilters key={about} filter={filter.value} onFilter={choose} />
      </FilterFold>
      <Paged pages={pages} empty={t('none')}>
        {(entries) => (
          <ActivityTable
            entries={entries}
            onPerson={(actor) => choose({ ...filter.value, actor })}
          />
        )}
      </Paged>
    </>
  )
}
