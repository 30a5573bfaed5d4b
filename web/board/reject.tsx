import { useState } from 'preact/hooks'
import { Sheet } from '../ui/sheet.tsx'
import { tap, type Order } from './state.ts'
import { t } from './words.ts'

const REASONS = ['reasonBusy', 'reasonSoldOut', 'reasonClosing'] as const

/** Refusing an order, with a reason that its guest reads; its money goes back by itself. */
export function Reject({ order, onClose }: { order: Order; onClose: () => void }) {
  const [reason, setReason] = useState<string>(t('reasonBusy'))
  const [soldOut, setSoldOut] = useState<readonly string[]>([])
  const dishes = [...new Map(order.items.map((line) => [line.menu_id, line.name]))]
  const reject = () => {
    tap({
      kind: 'reject',
      orderId: order.order_id,
      reason: reason.trim(),
      soldOutItemIds: soldOut,
    })
    onClose()
  }
  return (
    <Sheet
      title={t('rejectTitle', { number: order.order_number })}
      closeLabel={t('close')}
      onClose={onClose}
    >
      <div class="minutes">
        {REASONS.map((word) => (
          <button
            key={word}
            type="button"
            class="button"
            aria-pressed={reason === t(word)}
            onClick={() => setReason(t(word))}
          >
            {t(word)}
          </button>
        ))}
      </div>
      <div class="field">
        <label for="reason">{t('reason')}</label>
        <input
          id="reason"
          required
          maxLength={200}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      <fieldset class="stack">
        <legend>
          <strong>{t('alsoSoldOut')}</strong>
        </legend>
        {dishes.map(([id, name]) => (
          <label key={id} class="choice">
            <input
              type="checkbox"
              checked={soldOut.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                setSoldOut(checked ? [...soldOut, id] : soldOut.filter((one) => one !== id))
              }
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        class="button button--bad button--wide"
        disabled={reason.trim() === ''}
        onClick={reject}
      >
        {t('reject')}
      </button>
    </Sheet>
  )
}
