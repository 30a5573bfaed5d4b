import { money } from '../lib/format.ts'
import type { Quote } from './state.ts'
import { t, type GuestWord } from './words.ts'

/** What the order comes to, part by part; of its changes the last line alone is said aloud. */
export function Sums({
  quote,
  currency,
  total,
  points,
  isAsking,
}: {
  quote: Quote | null
  currency: string
  total: number
  points: number
  /** What is shown is of a moment ago. */
  isAsking: boolean
}) {
  const parts: readonly [GuestWord, number][] =
    quote === null
      ? []
      : [
          ['subtotal', quote.subtotal_amount],
          ['discount', -quote.discount_amount],
          ['serviceFee', quote.service_fee_amount],
          ['packagingFee', quote.packaging_fee_amount],
        ]
  const rows: readonly [GuestWord, number][] = [...parts, ['byPoints', -points]]
  return (
    <>
      <dl class={isAsking ? 'sums soft' : 'sums'} aria-busy={isAsking}>
        {rows
          .filter(([word, amount]) => word === 'subtotal' || amount !== 0)
          .map(([word, amount]) => (
            <div key={word} class="row">
              <dt>{t(word)}</dt>
              <dd class="sum">{money(amount, currency)}</dd>
            </div>
          ))}
        <div class="row sums__total" aria-live="polite" aria-atomic="true">
          <dt>{t('total')}</dt>
          <dd class="sum">{money(total - points, currency)}</dd>
        </div>
      </dl>
      {quote !== null && quote.tax_amount > 0 && (
        <p class="soft">{t('taxIncluded', { sum: money(quote.tax_amount, currency) })}</p>
      )}
    </>
  )
}
