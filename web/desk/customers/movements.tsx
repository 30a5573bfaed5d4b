import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { countText } from '../counts.ts'
import { api } from '../state.ts'
import { Table } from '../table.tsx'
import type { PointsEntry } from '../support/types.ts'
import { t } from './words.ts'

/** How a customer's points came and went. */
export function Movements({ id }: { id: string }) {
  const pages = usePages<PointsEntry>((query) => {
    const { points } = api.api.v1.support.customers[':id']
    return outcomeOf(points.$get({ param: { id }, query: { ...query, limit: '5' } }))
  })
  return (
    <Paged pages={pages} empty={t('noMovements')}>
      {(entries) => (
        <Table
          label={t('movements')}
          heads={[t('when'), t('what'), { sum: t('change') }, { sum: t('balance') }]}
          width="some"
        >
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>{momentText(entry.created_at)}</td>
              <td>
                {entry.order_id === null ? (
                  t(`cause_${entry.cause}`)
                ) : (
                  <a href={`#orders/${entry.order_id}`}>{t(`cause_${entry.cause}`)}</a>
                )}
              </td>
              <td class="sum">
                {entry.type === 'ADD' ? '+' : '−'}
                {countText(entry.amount)}
              </td>
              <td class="sum">{countText(entry.balance_after)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Paged>
  )
}
