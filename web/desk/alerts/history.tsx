import { momentText } from '../../lib/format.ts'
import { Paged } from '../../ui/paged.tsx'
import type { Pages } from '../../ui/pages.ts'
import { subjectText } from './firing.tsx'
import { figureOf, kindText, type Change } from './kinds.ts'
import { Table } from '../table.tsx'
import { t } from './words.ts'

const LOOKS = { FIRING: 'badge badge--bad', OK: 'badge badge--good', OFF: 'badge' } as const

/** What began and ended before, newest first. */
export const History = ({ pages }: { pages: Pages<Change> }) => (
  <section class="card stack" aria-labelledby="history">
    <h2 id="history">{t('history')}</h2>
    <Paged pages={pages} empty={t('noHistory')}>
      {(changes) => (
        <Table
          label={t('history')}
          heads={[t('when'), t('what'), t('where'), t('happened'), { sum: t('figure') }]}
        >
          {changes.map((change) => (
            <tr key={change.id}>
              <td>{momentText(change.at)}</td>
              <th scope="row">{kindText(change.kind)}</th>
              <td>{subjectText(change)}</td>
              <td>
                <span class={LOOKS[change.news]}>{t(change.news)}</span>
              </td>
              <td class="sum">{figureOf(change.kind, change.value)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Paged>
  </section>
)
