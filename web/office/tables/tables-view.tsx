import { useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { textOf } from '../../lib/form.ts'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { toast } from '../../ui/toasts.tsx'
import { Field, Form, Pending, Wrong } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { api } from '../state.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { CodeSheet } from './code-sheet.tsx'
import { TableConfirm, type Wish } from './table-confirm.tsx'
import { t } from './words.ts'

export type Table = InferResponseType<Api['api']['v1']['tables']['$get'], 200>['items'][number]

const readTables = () => wholeList<Table>((query) => outcomeOf(api.api.v1.tables.$get({ query })))

/** The room: its tables, who sits there, and the codes on them. */
export function TablesView() {
  const { reading, again } = useReading(readTables)
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const [wish, setWish] = useState<Wish | null>(null)
  const [printing, setPrinting] = useState(false)
  if (reading.kind !== 'read') return <Pending of={reading} again={() => void again()} />
  if (printing) return <CodeSheet tables={reading.value} onBack={() => setPrinting(false)} />
  const send = async (work: Promise<Outcome<unknown>>): Promise<boolean> => {
    const { ok } = await run(work)
    await again()
    return ok
  }
  const add = async (form: FormData, element: HTMLFormElement) => {
    const name = textOf(form, 'name').trim()
    const json = { name: name === '' ? null : name }
    // Each of several unnamed tables is another one: what is known already belongs to the key.
    const { headers } = keyFor({ json, after: reading.value.length })
    if (!(await send(outcomeOf(api.api.v1.tables.$post({ json }, { headers }))))) return
    element.reset()
    toast(t('added'))
  }
  return (
    <>
      <Form
        class="card line"
        label={t('addTable')}
        onSubmit={(form, element) => void add(form, element)}
      >
        <div class="line__what">
          <Field name="name" label={t('tableName')} hint={t('tableNameHint')} maxLength={10} />
        </div>
        <button type="submit" class="button button--main" disabled={busy}>
          {t('addTable')}
        </button>
        <button
          type="button"
          class="button"
          disabled={reading.value.length === 0}
          onClick={() => setPrinting(true)}
        >
          {t('printCodes')}
        </button>
      </Form>
      <Wrong text={trouble} />
      {reading.value.length === 0 && <p class="soft">{t('empty')}</p>}
      <ul class="card">
        {reading.value.map((table) => (
          <Row
            key={table.id}
            table={table}
            busy={busy}
            onSeat={() =>
              void send(outcomeOf(api.api.v1.tables[':id'].open.$post({ param: { id: table.id } })))
            }
            onWish={(what) => setWish({ what, table })}
          />
        ))}
      </ul>
      {wish !== null && (
        <TableConfirm wish={wish} onClose={() => setWish(null)} onDone={() => void again()} />
      )}
    </>
  )
}

const Row = ({
  table: { name, visit_id: visit, qr_url: url },
  busy,
  onSeat,
  onWish,
}: {
  table: Table
  busy: boolean
  onSeat: () => void
  onWish: (what: Wish['what']) => void
}) => (
  <li class="line">
    <div class="line__what">
      <strong>{name}</strong>{' '}
      <span class={visit === null ? 'badge' : 'badge badge--good'}>
        {t(visit === null ? 'free' : 'seated')}
      </span>
    </div>
    <div class="tools">
      <a
        class="button button--small"
        href={url ?? '/'}
        target="_blank"
        rel="noreferrer"
        aria-label={t('openNamed', { name })}
      >
        {t('open')}
      </a>
      {visit === null ? (
        <button
          type="button"
          class="button button--small"
          disabled={busy}
          aria-label={t('seatNamed', { name })}
          onClick={onSeat}
        >
          {t('seat')}
        </button>
      ) : (
        <button
          type="button"
          class="button button--small"
          aria-label={t('resetNamed', { name })}
          onClick={() => onWish('reset')}
        >
          {t('reset')}
        </button>
      )}
      <button
        type="button"
        class="button button--small"
        aria-label={t('rotateNamed', { name })}
        onClick={() => onWish('rotate')}
      >
        {t('rotate')}
      </button>
      <button
        type="button"
        class="button button--small button--quiet"
        aria-label={t('removeNamed', { name })}
        onClick={() => onWish('remove')}
      >
        {t('remove')}
      </button>
    </div>
  </li>
)
