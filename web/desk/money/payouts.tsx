import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { money, momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Field, Form, Select, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import type { PointsRefund } from '../administration/types.ts'
import { Choice } from '../choice.tsx'
import { api } from '../state.ts'
import { dueOf } from './due-of.ts'
import { t } from './words.ts'

type Status = PointsRefund['status']
const STATES: readonly Status[] = ['DUE', 'REQUESTED', 'DONE']
/** A point is a won. */
const CURRENCY = 'KRW'
const METHODS = ['TRANSFER', 'CASH', 'PROVIDER', 'OTHER'] as const

const stateWord = (status: Status) => (status === 'DONE' ? 'payoutDone' : status)
const { refunds } = api.api.v1.admin.wallet

/** Points that are or were turned back into money; what people owe of it first. */
export function Payouts() {
  const [state, setState] = useState<string>('DUE')
  const [recording, setRecording] = useState<PointsRefund | null>(null)
  const pages = usePages<PointsRefund>(
    (page) =>
      outcomeOf(refunds.$get({ query: { ...(state !== '' && { status: state }), ...page } })),
    state,
  )
  return (
    <section class="card stack" aria-labelledby="payouts">
      <h2 id="payouts">{t('payouts')}</h2>
      <p>{t('payoutsLead')}</p>
      <Choice
        label={t('payoutState')}
        value={state}
        options={[...STATES.map((one) => [one, t(stateWord(one))] as const), ['', t('all')]]}
        onChange={setState}
      />
      <Paged pages={pages} empty={t('noPayouts')}>
        {(found) => (
          <ul>
            {found.map((refund) => (
              <Row key={refund.id} refund={refund} onRecord={() => setRecording(refund)} />
            ))}
          </ul>
        )}
      </Paged>
      {recording !== null && (
        <RecordSheet
          refund={recording}
          onClose={() => setRecording(null)}
          onDone={() => {
            setRecording(null)
            void pages.again()
          }}
        />
      )}
    </section>
  )
}

function Row({ refund, onRecord }: { refund: PointsRefund; onRecord: () => void }) {
  const due = dueOf(refund)
  return (
    <li class="line">
      <div class="line__what">
        <strong>{money(refund.amount, CURRENCY)}</strong>{' '}
        <span class={`badge ${refund.status === 'DONE' ? 'badge--good' : ''}`}>
          {t(stateWord(refund.status))}
        </span>
        <p>{refund.reason}</p>
        <p class="soft">
          <a href={`#accounts/${refund.user_id}`}>{t('person')}</a> ·{' '}
          {t('askedAt', { at: momentText(refund.requested_at) })}
          {due > 0 && ` · ${t('dueOf', { money: money(due, CURRENCY) })}`}
        </p>
      </div>
      {due > 0 && (
        <button
          type="button"
          class="button button--small"
          aria-label={t('recordNamed', { money: money(due, CURRENCY) })}
          onClick={onRecord}
        >
          {t('record')}
        </button>
      )}
    </li>
  )
}

function RecordSheet({
  refund,
  onClose,
  onDone,
}: {
  refund: PointsRefund
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run } = useTask()
  const record = async (form: FormData) => {
    const method = METHODS.find((one) => one === textOf(form, 'method')) ?? 'OTHER'
    const json = { method, note: textOf(form, 'note').trim() }
    const done = await run(
      outcomeOf(refunds[':id'].record.$post({ param: { id: refund.id }, json })),
    )
    if (!done.ok) return
    toast(t('saved'))
    onDone()
  }
  return (
    <Sheet
      title={t('recordTitle', { money: money(dueOf(refund), CURRENCY) })}
      closeLabel={t('close')}
      onClose={onClose}
      firm
    >
      <Form onSubmit={(form) => void record(form)}>
        <p>{t('recordText')}</p>
        <Select
          name="method"
          label={t('method')}
          value="TRANSFER"
          options={METHODS.map((one) => [one, t(one)])}
        />
        <Field name="note" label={t('note')} hint={t('noteHint')} required maxLength={200} />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('record')}
        </button>
      </Form>
    </Sheet>
  )
}
