import { useState } from 'preact/hooks'
import { money, stepOf, typedAmount } from '../../lib/format.ts'
import { Field } from '../../ui/parts.tsx'
import type { AdminOrder } from '../administration/types.ts'
import { t } from './all-words.ts'
import { leftOf, leftToRefund } from './move-of.ts'

const WAYS = [
  ['all', 'refundAll'],
  ['amount', 'refundAmount'],
  ['lines', 'refundLines'],
] as const

/** How much is paid back: all that is left, a sum, or portions at what the guest paid for them. */
export function RefundFields({ order }: { order: AdminOrder }) {
  const [how, setHow] = useState<(typeof WAYS)[number][0]>('all')
  const { currency } = order
  const left = leftToRefund(order)
  const lines = leftOf(order)
  return (
    <>
      <fieldset>
        <legend>{t('how')}</legend>
        {WAYS.filter(([one]) => one !== 'lines' || lines.length > 0).map(([one, word]) => (
          <label key={one} class="check">
            <input
              type="radio"
              name="how"
              value={one}
              checked={how === one}
              onChange={() => setHow(one)}
            />
            <span>{t(word, { money: money(left, currency) })}</span>
          </label>
        ))}
      </fieldset>
      {how === 'amount' && (
        <Field
          name="amount"
          label={t('amount', { currency })}
          hint={t('leftToRefund', { money: money(left, currency) })}
          type="number"
          required
          min={stepOf(currency)}
          max={Number(typedAmount(left, currency))}
          step={stepOf(currency)}
        />
      )}
      {how === 'lines' &&
        lines.map(({ id, name, most }) => (
          <Field
            key={id}
            name={`back-${id}`}
            label={t('quantityOf', { name, most })}
            type="number"
            min={0}
            max={most}
            value={0}
          />
        ))}
    </>
  )
}
