import { useState } from 'preact/hooks'
import { Sheet } from '../ui/sheet.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { tap, type Order } from './state.ts'
import { t } from './words.ts'

const MINUTES = [5, 10, 15, 20, 30, 45, 60] as const

/** Taking an order on: one tap on the time is enough; what cannot be made is taken out before it. */
export function Accept({ order, onClose }: { order: Order; onClose: () => void }) {
  const [out, setOut] = useState<Readonly<Record<string, number>>>({})
  const [message, setMessage] = useState('')
  const accept = (minutes: number) => {
    tap({
      kind: 'accept',
      orderId: order.order_id,
      minutes,
      message: message.trim() === '' ? null : message.trim(),
      out: Object.entries(out).flatMap(([lineId, quantity]) =>
        quantity > 0 ? [{ lineId, quantity }] : [],
      ),
    })
    onClose()
  }
  const all = order.items.every((line) => (out[line.line_id] ?? 0) >= line.quantity)
  return (
    <Sheet
      title={t('acceptTitle', { number: order.order_number })}
      closeLabel={t('close')}
      onClose={onClose}
    >
      <fieldset>
        <legend>
          <strong>{t('minutes')}</strong>
        </legend>
        <div class="minutes">
          {MINUTES.map((minutes) => (
            <button
              key={minutes}
              type="button"
              class="button button--main"
              disabled={all}
              onClick={() => accept(minutes)}
            >
              {t('acceptFor', { minutes })}
            </button>
          ))}
        </div>
      </fieldset>
      <div class="field">
        <label for="message">{t('message')}</label>
        <input
          id="message"
          maxLength={200}
          value={message}
          onInput={(event) => setMessage(event.currentTarget.value)}
        />
      </div>
      <fieldset class="stack">
        <legend>
          <strong>{t('outTitle')}</strong>
        </legend>
        <p class="soft">{t('outHint')}</p>
        {order.items.map((line) => (
          <div key={line.line_id} class="row">
            <span>
              {line.name} × {line.quantity}
            </span>
            <Stepper
              value={out[line.line_id] ?? 0}
              min={0}
              max={line.quantity}
              less={`${line.name} −1`}
              more={`${line.name} +1`}
              onChange={(quantity) => setOut({ ...out, [line.line_id]: quantity })}
            />
          </div>
        ))}
      </fieldset>
    </Sheet>
  )
}
