import { money } from '../lib/format.ts'
import { Stepper } from '../ui/stepper.tsx'
import { portionsOf, priceOf, setQuantity, type Line } from './cart.ts'
import { openSheet } from './place.ts'
import { items, menu } from './state.ts'
import type { Saying } from './why.ts'
import { t } from './words.ts'

/** A line of the cart: how many, its options, what it comes to, and why it cannot be ordered. */
export function CartLine({ line, trouble }: { line: Line; trouble: Saying | null }) {
  const item = items.value.get(line.menuId)
  const name = item?.name ?? line.name ?? ''
  const { currency } = menu.value.restaurant
  const names = line.choices.flatMap(({ optionId, choiceId }) => {
    const option = item?.options.find(({ id }) => id === optionId)
    return option?.choices.find(({ id }) => id === choiceId)?.name ?? []
  })
  const most = item?.max_per_order ?? 99
  return (
    <li class={`card stack${trouble === null ? '' : ' card--bad'}`}>
      <div class="row">
        <strong>{name}</strong>
        {item !== undefined && (
          <span class="sum">{money(priceOf(item, line.choices) * line.quantity, currency)}</span>
        )}
      </div>
      {names.length > 0 && <p class="soft">{names.join(' · ')}</p>}
      {trouble !== null && <p class="field__error">{t(trouble.word, trouble.values)}</p>}
      <div class="row row--wrap">
        <Stepper
          value={line.quantity}
          min={1}
          max={Math.max(1, most - portionsOf(line.menuId, line.id))}
          less={t('less', { name })}
          more={t('more', { name })}
          onChange={(quantity) => setQuantity(line.id, quantity)}
        />
        <span class="row row--tight">
          {item !== undefined && item.options.length > 0 && (
            <button
              type="button"
              class="button button--plain"
              aria-label={`${name}: ${t('change')}`}
              onClick={() => openSheet({ kind: 'item', itemId: item.id, lineId: line.id })}
            >
              {t('change')}
            </button>
          )}
          <button
            type="button"
            class="button button--plain"
            aria-label={`${name}: ${t('remove')}`}
            onClick={() => setQuantity(line.id, 0)}
          >
            {t('remove')}
          </button>
        </span>
      </div>
    </li>
  )
}
