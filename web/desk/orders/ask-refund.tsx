import { useState } from 'preact/hooks'
import { amountOf, money, stepOf } from '../../lib/format.ts'
import { numberOf, textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { t as shared } from '../../ui/words.ts'
import { api } from '../state.ts'
import type { SupportOrder } from '../support/types.ts'
import { askOf, portionsOf, wrongWith, type Kind, type Wish } from './refund-wish.ts'
import { t } from './words.ts'

const KINDS: readonly Kind[] = ['all', 'amount', 'lines']

/** Asks for money back, in two steps: what and why; then whether that is meant. */
export function AskRefund({
  order,
  left,
  onClose,
  onAsked,
}: {
  order: SupportOrder
  left: number
  onClose: () => void
  onAsked: () => void
}) {
  const [wish, setWish] = useState<Wish | null>(null)
  const [sure, setSure] = useState(false)
  const key = useKey()
  return (
    <Sheet
      title={sure ? t('sureTitle') : t('askTitle', { number: order.order_number })}
      closeLabel={shared('close')}
      onClose={onClose}
      firm
    >
      {/* Hidden, not gone: what was typed stays for whoever goes back. */}
      <div hidden={sure}>
        <WishForm
          order={order}
          left={left}
          onWish={(made) => {
            setWish(made)
            setSure(true)
          }}
        />
      </div>
      {sure && wish !== null && (
        <Sure
          order={order}
          wish={wish}
          left={left}
          headers={key}
          onChange={() => setSure(false)}
          onAsked={onAsked}
        />
      )}
    </Sheet>
  )
}

function WishForm({
  order,
  left,
  onWish,
}: {
  order: SupportOrder
  left: number
  onWish: (wish: Wish) => void
}) {
  const { currency } = order
  const [kind, setKind] = useState<Kind>('all')
  const [portions, setPortions] = useState<Readonly<Record<string, number>>>({})
  const [trouble, setTrouble] = useState<string | null>(null)
  const submit = (form: FormData) => {
    const typed = numberOf(form, 'amount')
    const amount = typed === null ? null : amountOf(typed, currency)
    const wish: Wish = { kind, amount, portions, reason: textOf(form, 'reason') }
    const wrong = wrongWith(wish, left)
    setTrouble(wrong === null ? null : t(wrong))
    if (wrong === null) onWish(wish)
  }
  return (
    <Form onSubmit={submit}>
      <p>{t('askLeft', { sum: money(left, currency) })}</p>
      <fieldset class="field">
        <legend>{t('askWhat')}</legend>
        <div class="choices">
          {KINDS.map((one) => (
            <label key={one} class="choice">
              <input
                type="radio"
                name="kind"
                value={one}
                checked={kind === one}
                onChange={() => setKind(one)}
              />
              <span>{t(`kind_${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {kind === 'all' && order.status === 'PENDING' && (
        <p class="note note--warn">{t('cancels')}</p>
      )}
      {kind === 'amount' && (
        <Field
          name="amount"
          label={t('sum', { currency })}
          type="number"
          inputMode="decimal"
          min={stepOf(currency)}
          step={stepOf(currency)}
          required
        />
      )}
      {kind === 'lines' && <Portions order={order} portions={portions} onPortions={setPortions} />}
      <Area
        name="reason"
        label={t('askReason')}
        hint={t('askReasonHint')}
        required
        maxLength={200}
        rows={2}
      />
      <Wrong text={trouble} />
      <button type="submit" class="button button--main button--wide">
        {t('next')}
      </button>
    </Form>
  )
}

const Portions = ({
  order,
  portions,
  onPortions,
}: {
  order: SupportOrder
  portions: Readonly<Record<string, number>>
  onPortions: (portions: Readonly<Record<string, number>>) => void
}) => (
  <ul aria-label={t('lines')}>
    {order.items
      .filter((line) => portionsOf(line) > 0)
      .map((line) => (
        <li key={line.line_id} class="row">
          <span>
            {line.name} <span class="soft sum">{money(line.unit_price, order.currency)}</span>
          </span>
          <Stepper
            value={portions[line.line_id] ?? 0}
            min={0}
            max={portionsOf(line)}
            less={t('less', { name: line.name })}
            more={t('more', { name: line.name })}
            onChange={(count) => onPortions({ ...portions, [line.line_id]: count })}
          />
        </li>
      ))}
  </ul>
)

function Sure({
  order: { order_id: id, currency },
  wish,
  left,
  headers,
  onChange,
  onAsked,
}: {
  order: SupportOrder
  wish: Wish
  left: number
  headers: ReturnType<typeof useKey>
  onChange: () => void
  onAsked: () => void
}) {
  const { busy, trouble, run } = useTask()
  const send = async () => {
    const json = askOf(wish)
    const { refunds } = api.api.v1.support.orders[':id']
    const asked = await run(outcomeOf(refunds.$post({ param: { id }, json }, headers(json))))
    if (asked.ok) onAsked()
  }
  const sum = money(wish.kind === 'amount' ? (wish.amount ?? 0) : left, currency)
  return (
    <div class="stack">
      <p class="strong">{t(`sure_${wish.kind}`, { sum })}</p>
      <p class="quote">{wish.reason.trim()}</p>
      <p class="note note--warn">{t('sureText')}</p>
      <Wrong text={trouble} />
      <button
        type="button"
        class="button button--main button--wide"
        disabled={busy}
        onClick={() => void send()}
      >
        {t('send')}
      </button>
      <button type="button" class="button button--wide" disabled={busy} onClick={onChange}>
        {t('change')}
      </button>
    </div>
  )
}
