import { useState } from 'preact/hooks'
import { money, momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Wrong } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { Table } from '../table.tsx'
import type { Books as BooksRead, Run } from '../administration/types.ts'
import { api, isAdmin } from '../state.ts'
import { Differences } from './differences.tsx'
import { t } from './words.ts'

const { reconciliation } = api.api.v1.admin.payments

/** Runs of reconciliation, and what nobody has put right yet. */
export function Books() {
  const [open, setOpen] = useState<Pick<BooksRead, 'open_differences' | 'open_count'> | null>(null)
  const pages = usePages<Run>(async (query) => {
    const read = await outcomeOf(reconciliation.$get({ query }))
    if (read.ok) setOpen(read.value)
    return read
  })
  return (
    <section class="card stack" aria-labelledby="books">
      <h2 id="books">{t('books')}</h2>
      <p>{t('booksLead')}</p>
      {open !== null && pages.items.length > 0 && (
        <Differences differences={open.open_differences} count={open.open_count} />
      )}
      {isAdmin.value && <Start onStarted={() => void pages.again()} />}
      <h3>{t('runs')}</h3>
      <Paged pages={pages} empty={t('noRuns')}>
        {(runs) => (
          <Table
            label={t('runs')}
            heads={[
              t('startedAt'),
              t('kind'),
              t('state'),
              t('checked'),
              t('took'),
              { sum: t('found') },
            ]}
          >
            {runs.map((run) => (
              <Row key={run.id} run={run} />
            ))}
          </Table>
        )}
      </Paged>
    </section>
  )
}

function Start({ onStarted }: { onStarted: () => void }) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const start = async () => {
    const done = await run(outcomeOf(reconciliation.runs.$post({}, keyFor('run'))))
    if (!done.ok) return
    keyFor.done()
    toast(t('started'))
    onStarted()
  }
  return (
    <>
      <Wrong text={trouble} />
      <div>
        <button type="button" class="button" disabled={busy} onClick={() => void start()}>
          {t('run')}
        </button>
      </div>
    </>
  )
}

type Totals = Run['captured_total']
const sums = (totals: Totals): string =>
  totals.length === 0
    ? '–'
    : totals.map(({ amount, currency }) => money(amount, currency)).join(', ')

const Row = ({ run }: { run: Run }) => (
  <tr>
    <th scope="row">{momentText(run.started_at)}</th>
    <td>{t(run.kind)}</td>
    <td>{t(run.state)}</td>
    <td>
      {t('counts', {
        orders: run.orders_checked,
        wallets: run.wallets_checked,
        entries: run.ledger_entries_checked,
      })}
      {run.orders_skipped > 0 && <p class="soft">{t('skipped', { count: run.orders_skipped })}</p>}
    </td>
    <td>
      {sums(run.captured_total)} / {sums(run.refunded_total)}
    </td>
    <td class="sum">{run.differences}</td>
  </tr>
)
