import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { api, within } from '../state.ts'
import type { RefundRequest } from '../support/types.ts'
import { Tabs } from '../tabs.tsx'
import { RequestCard } from './request-card.tsx'
import { TABS, tabOf, stateOf } from './tabs.ts'
import { t } from './words.ts'

/** Refunds that support asked for: what waits for a second person first. */
export function RefundsView() {
  const tab = tabOf(within.value)
  const state = stateOf(tab)
  const pages = usePages<RefundRequest>(
    (query) =>
      outcomeOf(
        api.api.v1.support.refunds.$get({ query: { ...query, ...(state !== null && { state }) } }),
      ),
    tab,
  )
  return (
    <>
      <p class="soft">{t('lead')}</p>
      <Tabs
        label={t('filter')}
        chosen={tab}
        tabs={TABS.map((one) => [
          one,
          one === 'requested' ? '#refunds' : `#refunds/${one}`,
          t(`tab_${one}`),
        ])}
      />
      <Paged pages={pages} empty={t(tab === 'requested' ? 'none_requested' : 'none')}>
        {(requests) =>
          requests.map((request) => <RequestCard key={request.id} request={request} />)
        }
      </Paged>
    </>
  )
}
