import { now } from './clock.ts'
import type { TapKind } from './commands.ts'
import { orderOf } from './commands.ts'
import { cards, conflicts, held, takeBack, type Conflict } from './state.ts'
import { t, type BoardWord } from './words.ts'

const WHAT: Record<TapKind, BoardWord> = {
  accept: 'accept',
  reject: 'reject',
  ready: 'markReady',
  complete: 'markDone',
  acknowledge: 'acknowledge',
  'sold-out': 'soldOut',
  stock: 'stock',
  pause: 'pause',
  resume: 'resume',
  busy: 'opening',
}

const numberOf = (orderId: string | null): string =>
  cards.value.find(({ order }) => order.order_id === orderId)?.order.order_number ?? ''

/** What can still be taken back, the newest first. */
export const HeldBar = () => (
  <div class="held" role="status">
    {[...held.value].reverse().map(({ key, tap, goesAt }) => (
      <div key={key} class="held__one row">
        <span>
          {t('held', {
            number: numberOf(orderOf(tap)),
            what: t(WHAT[tap.kind]),
            seconds: Math.max(0, Math.ceil((goesAt - now.value) / 1000)),
          })}
        </span>
        <button type="button" class="button" onClick={() => takeBack(key)}>
          {t('back')}
        </button>
      </div>
    ))}
  </div>
)

function words({ tap, order, trouble }: Conflict): string {
  const what = t(WHAT[tap.kind])
  const number = order?.order_number ?? ''
  if (trouble.reason === 'TOO_OLD') return t('conflictOld', { number, what })
  if (trouble.reason === 'ORDER_STATE') {
    const status = trouble.details.status
    const now_ = typeof status === 'string' ? status : (order?.status ?? 'CANCELLED')
    return t('conflictState', { number, what, now: t(now_ as BoardWord) })
  }
  return t('conflictOther', { number, what, message: trouble.message ?? t('unreached') })
}

/** What was tapped and did not happen, and why; it stays until somebody has read it. */
export const ConflictList = () => (
  <div role="alert">
    {conflicts.value.map((conflict) => (
      <div key={conflict.key} class="note note--bad row">
        <span>
          <strong>{t('conflictTitle')}</strong> {words(conflict)}
        </span>
        <button
          type="button"
          class="button"
          onClick={() => {
            conflicts.value = conflicts.value.filter(({ key }) => key !== conflict.key)
          }}
        >
          {t('understood')}
        </button>
      </div>
    ))}
  </div>
)
