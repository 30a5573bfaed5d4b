import { momentText } from '../../lib/format.ts'
import { locale } from '../../lib/i18n.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { api } from '../state.ts'
import type { PointsEntry } from '../support/types.ts'
import { t } from './words.ts'

const number = (value: number): string => value.toLocaleString(locale.value)

/** How a customer's points came and went. */
export function Movements({ id }: { id: string }) {
  const pages = usePages<PointsEntry>((query) => {
    const { points } = api.api.v1.support.customers[':id']
    return outcomeOf(points.$get({ param: { id }, query: { ...query, limit: '5' } }))
  })
  return (
    <Paged pages={pages} empty={t('noMovements')}>
      {(entries) => (
        <div class="wide wide--some" role="group" aria-labelledby="of-movements" tabIndex={0}>
          <table class="data">
            <thead>
              <tr>
                <th scope="col">{t('when')}</th>
                <th scope="col">{t('what')}</th>
                <th scope="col" class="sum">
                  {t('change')}
                </th>
                <th scope="col" class="sum">
                  {t('balance')}
                </th>
              </tr>
            </thead>
            <tbody>
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
                    {number(entry.amount)}
                  </td>
                  <td class="sum">{number(entry.balance_after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paged>
  )
}
