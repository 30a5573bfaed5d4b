import { useEffect, useRef } from 'preact/hooks'
import { now } from './clock.ts'
import type { TapKind } from './commands.ts'
import { HOLD_MS, orderOf, type HeldTap } from './commands.ts'
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
  <div class="held">
    {[...held.value].reverse().map((one) => (
      <HeldOne key={one.key} one={one} />
    ))}
  </div>
)

/** The clock's hand may stand a moment behind. */
const secondsUntil = (goesAt: number): number =>
  Math.min(HOLD_MS / 1000, Math.max(0, Math.ceil((goesAt - now.value) / 1000)))

function HeldOne({ one: { key, tap, goesAt } }: { one: HeldTap }) {
  const button = useRef<HTMLButtonElement>(null)
  const orderId = orderOf(tap)
  const said = { number: numberOf(orderId), what: t(WHAT[tap.kind]) }
  useEffect(() => {
    // The button that was tapped has left with its card: who works by keys goes on from here.
    if (document.activeElement === null || document.activeElement === document.body)
      button.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div class="held__one row">
      <span aria-hidden="true">{t('held', { ...said, seconds: secondsUntil(goesAt) })}</span>
      {/* Seconds that count down are for the eye: told aloud they would drown everything else. */}
      <span class="unseen" role="status">
        {t('heldSaid', said)}
      </span>
      <button
        ref={button}
        type="button"
        class="button"
        aria-label={t('backNamed', said)}
        onClick={() => {
          takeBack(key)
          setTimeout(() => document.querySelector<HTMLElement>(`#order-${orderId} button`)?.focus())
        }}
      >
        {t('back')}
      </button>
    </div>
  )
}

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
