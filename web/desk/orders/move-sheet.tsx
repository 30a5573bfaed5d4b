import { numberOf, textOf } from '../../lib/form.ts'
import { amountOf } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Check, Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import type { AdminOrder, Move } from '../administration/types.ts'
import { api } from '../state.ts'
import { t } from './all-words.ts'
import { leftOf, moveOf, type MoveForm, type Portion } from './move-of.ts'
import { RefundFields } from './refund-fields.tsx'

const TEXTS = {
  accept: 'acceptText',
  reject: 'rejectText',
  ready: 'readyText',
  complete: 'completeText',
  cancel: 'cancelText',
  refund: 'refundText',
} as const

const USUAL_MINUTES = 20

/** One move of an order: what it means, what it needs, why it is made. */
export function MoveSheet({
  move,
  order,
  onClose,
  onMoved,
  onStale,
}: {
  move: Move
  order: AdminOrder
  onClose: () => void
  onMoved: () => void
  /** The order is not as it was thought to be. */
  onStale: () => void
}) {
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const send = async (form: FormData) => {
    const filled = filledIn(form, order)
    if (move === 'refund' && filled.how === 'lines' && filled.lines.length === 0) {
      setTrouble(t('chooseLines'))
      return
    }
    const json = moveOf(move, filled)
    const param = { id: order.order_id }
    const moved = await run(
      outcomeOf(api.api.v1.admin.orders[':id'].$put({ param, json }, keyFor(json))),
    )
    if (moved.ok) {
      toast(t('done'))
      onMoved()
    } else if (moved.trouble.status === 409) onStale()
  }
  const final = move === 'reject' || move === 'cancel' || move === 'refund'
  return (
    <Sheet
      title={t('moveTitle', { number: order.order_number, move: t(move) })}
      closeLabel={t('close')}
      onClose={onClose}
      firm
    >
      <Form onSubmit={(form) => void send(form)}>
        <p class={final ? 'note note--warn' : ''}>{t(TEXTS[move])}</p>
        {move === 'accept' && <AcceptFields order={order} />}
        {move === 'reject' && <SoldOut order={order} />}
        {move === 'refund' && <RefundFields order={order} />}
        <Area
          name="reason"
          label={t('reason')}
          hint={t(final ? 'reasonGuest' : 'reasonHint')}
          rows={2}
          required
          maxLength={200}
        />
        <Wrong text={trouble} />
        <button
          type="submit"
          class={`button button--wide ${final ? 'button--bad' : 'button--main'}`}
          disabled={busy}
        >
          {t(move)}
        </button>
      </Form>
    </Sheet>
  )
}

const AcceptFields = ({ order }: { order: AdminOrder }) => (
  <>
    <Field
      name="minutes"
      label={t('minutes')}
      type="number"
      required
      min={1}
      max={600}
      value={USUAL_MINUTES}
    />
    <Field name="message" label={t('message')} maxLength={200} />
    <fieldset class="stack">
      <legend>{t('unavailable')}</legend>
      {leftOf(order).map(({ id, name, most }) => (
        <Field
          key={id}
          name={`gone-${id}`}
          label={t('quantityOf', { name, most })}
          type="number"
          min={0}
          max={most}
          value={0}
        />
      ))}
    </fieldset>
  </>
)

const SoldOut = ({ order }: { order: AdminOrder }) => (
  <fieldset>
    <legend>{t('soldOut')}</legend>
    {[...new Map(order.items.map(({ menu_id: id, name }) => [id, name]))].map(([id, name]) => (
      <Check key={id} name="sold-out" value={id} label={name} checked={false} />
    ))}
  </fieldset>
)

/** What the form says, whichever of its fields are there. */
function filledIn(form: FormData, order: AdminOrder): MoveForm {
  const portions = (prefix: string): Portion[] =>
    order.items.flatMap(({ line_id: id }) => {
      const quantity = numberOf(form, `${prefix}-${id}`) ?? 0
      return quantity > 0 ? [{ line_id: id, quantity }] : []
    })
  const how = textOf(form, 'how')
  return {
    reason: textOf(form, 'reason').trim(),
    minutes: numberOf(form, 'minutes') ?? USUAL_MINUTES,
    message: textOf(form, 'message').trim(),
    unavailable: portions('gone'),
    soldOut: form.getAll('sold-out').filter((one) => typeof one === 'string'),
    how: how === 'amount' || how === 'lines' ? how : 'all',
    amount: amountOf(numberOf(form, 'amount') ?? 0, order.currency),
    lines: portions('back'),
  }
}
