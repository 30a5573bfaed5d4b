import { signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { clock, minutesUntil, money } from '../lib/format.ts'
import { told } from '../ui/task.ts'
import { toast } from '../ui/toasts.tsx'
import {
  cancel,
  goPay,
  knownOf,
  offlineSince,
  orders,
  payingPage,
  takeBack,
  wishes,
} from './orders.ts'
import { Notices } from './notices.tsx'
import { menu, type Order } from './state.ts'
import { headlineOf, stepsOf } from './steps.ts'
import { t } from './words.ts'

/** A minute's hand for what counts down. */
const now = signal(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 15_000)

/** This phone's orders at the table, the newest first; what is still on its way before them. */
export function OrdersView() {
  const waiting = wishes.waiting.value
  return (
    <div class="stack">
      <h1 class="unseen">{t('orders')}</h1>
      <Notices />
      {offlineSince.value !== null && Date.now() - offlineSince.value > 3_000 && (
        <p class="note note--warn" role="status">
          {t('offline', { time: clock(new Date(offlineSince.value).toISOString()) })}
        </p>
      )}
      {waiting.map((queued) => (
        <section key={queued.key} class="card stack">
          <p role="status">
            <strong>{t('placing')}</strong>
          </p>
          <p class="soft">{t('queued')}</p>
          <div class="row row--wrap">
            <span class="sum">
              {money(queued.command.shownTotal, menu.value.restaurant.currency)}
            </span>
            {queued.tried !== true && (
              <button type="button" class="button" onClick={() => takeBack(queued)}>
                {t('takeBack')}
              </button>
            )}
          </div>
        </section>
      ))}
      {orders.value.length === 0 && waiting.length === 0 && (
        <p class="empty soft">{t('noOrders')}</p>
      )}
      {orders.value.map((order) => (
        <OrderCard key={order.order_id} order={order} />
      ))}
    </div>
  )
}

function OrderCard({ order }: { order: Order }) {
  const steps = stepsOf(order)
  const headline = headlineOf(order)
  const { estimated_ready_at: readyAt, currency, status } = order
  return (
    <article class="card stack" aria-labelledby={`o-${order.order_id}`}>
      <div class="row">
        <h2 id={`o-${order.order_id}`}>{t('orderNo', { number: order.order_number })}</h2>
        {order.placed_at !== null && <time class="soft">{clock(order.placed_at)}</time>}
      </div>
      <p class={`headline headline--${status.toLowerCase()}`} role="status">
        {t(headline)}
      </p>
      {order.message !== null && <p class="note">{order.message}</p>}
      {order.end_reason !== null && steps.length === 0 && !CODE.test(order.end_reason) && (
        <p class="soft">{order.end_reason}</p>
      )}
      {readyAt !== null && status === 'ACCEPTED' && (
        <p>{t('readyIn', { minutes: minutesUntil(readyAt, now.value), time: clock(readyAt) })}</p>
      )}
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map(({ word, at, done }) => (
            <li
              key={word}
              class={done ? 'steps__done' : ''}
              aria-current={done ? undefined : false}
            >
              <span>{t(word)}</span>
              {at !== null && <time class="soft">{clock(at)}</time>}
            </li>
          ))}
        </ol>
      )}
      {order.unseen_since !== null && <p class="note note--warn">{t('unseen')}</p>}
      <ul class="lines">
        {order.items.map((line) => (
          <li key={line.line_id} class="row">
            <span>
              {line.name} × {line.quantity}
              {line.options.length > 0 && (
                <span class="soft"> {line.options.map(({ choice }) => choice).join(' · ')}</span>
              )}
              {line.unavailable_quantity > 0 && (
                <span class="field__error">
                  {' '}
                  {t('takenOut', { count: line.unavailable_quantity })}
                </span>
              )}
            </span>
            <span class="sum">{money(line.total, currency)}</span>
          </li>
        ))}
      </ul>
      <div class="row sums__total">
        <span>{t('sum')}</span>
        <span class="sum">{money(order.total_amount, currency)}</span>
      </div>
      {order.refunded_amount > 0 && (
        <p class="note note--good">
          {t('refunded', { sum: money(order.refunded_amount, currency) })}
        </p>
      )}
      {order.refund_due_amount > 0 && (
        <p class="note note--warn">
          {t('refundDue', { sum: money(order.refund_due_amount, currency) })}
        </p>
      )}
      <Payment order={order} />
      {order.allowed_actions.includes('cancel') && <Cancel orderId={order.order_id} />}
    </article>
  )
}

function Payment({ order }: { order: Order }) {
  if (!order.allowed_actions.includes('pay')) return null
  const deposit = knownOf(order.order_id)?.deposit ?? null
  return (
    <div class="stack">
      {order.expires_at !== null && (
        <p class="soft">{t('payBefore', { time: clock(order.expires_at) })}</p>
      )}
      {deposit === null ? <Pay order={order} /> : <DepositToMake order={order} {...deposit} />}
    </div>
  )
}

/** To the provider's page. Its address comes with the order, or is asked for where it was not kept. */
function Pay({ order }: { order: Order }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState(false)
  const pay = async () => {
    setBusy(true)
    const url = knownOf(order.order_id)?.payment_url ?? (await payingPage(order))
    setBusy(false)
    setTrouble(url === null)
    if (url !== null) goPay(url)
  }
  return (
    <>
      {trouble && (
        <p class="field__error" role="alert">
          {t('payTrouble')}
        </p>
      )}
      <button
        type="button"
        class="button button--main button--wide"
        disabled={busy}
        onClick={() => void pay()}
      >
        {t(order.payment_method === 'DEPOSIT' ? 'showDeposit' : 'pay', {
          sum: money(order.amount_due ?? order.total_amount, order.currency),
        })}
      </button>
    </>
  )
}

type Deposit = NonNullable<NonNullable<ReturnType<typeof knownOf>>['deposit']>

function DepositToMake({ order, ...deposit }: { order: Order } & Deposit) {
  const redirect = knownOf(order.order_id)?.redirect_url ?? null
  const sum = money(deposit.amount, order.currency)
  return (
    <div class="note stack">
      <p>{t('deposit', { time: clock(deposit.expires_at) })}</p>
      <dl class="facts">
        <div>
          <dt class="soft">{t('accountNo')}</dt>
          <dd>
            <strong>
              {deposit.bank} {deposit.account_no}
            </strong>
          </dd>
        </div>
        <div>
          <dt class="soft">{t('holder')}</dt>
          <dd>{deposit.holder}</dd>
        </div>
        <div>
          <dt class="soft">{t('depositAs')}</dt>
          <dd>{deposit.payer_name}</dd>
        </div>
        <div>
          <dt class="soft">{t('depositSum')}</dt>
          <dd class="sum">{sum}</dd>
        </div>
      </dl>
      <div class="row row--wrap">
        <button type="button" class="button" onClick={() => void copy(deposit.account_no)}>
          {t('copy')}
        </button>
        {redirect !== null && (
          <a class="button button--main" href={redirect}>
            {t('openToss')}
          </a>
        )}
      </div>
    </div>
  )
}

/** Why an order ended is somebody's words, or a name for what the headline says already. */
const CODE = /^[A-Z_]+$/

/** Not every browser lets a page write to the clipboard. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('copied'))
  } catch {
    toast(t('uncopied'))
  }
}

function Cancel({ orderId }: { orderId: string }) {
  const [asking, setAsking] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const sending = useRef(false)
  if (!asking)
    return (
      <button type="button" class="button button--plain" onClick={() => setAsking(true)}>
        {t('cancelOrder')}
      </button>
    )
  const confirm = async () => {
    if (sending.current) return
    sending.current = true
    const said = await cancel(orderId)
    sending.current = false
    if (said === null) toast(t('cancelled'))
    setTrouble(said && (said.reason === 'ORDER_STATE' ? t('cancelLate') : told(said)))
    setAsking(said !== null)
  }
  return (
    <div class="stack" role="group" aria-label={t('cancelSure')}>
      <p>{t('cancelSure')}</p>
      {trouble !== null && (
        <p class="field__error" role="alert">
          {trouble}
        </p>
      )}
      <div class="row row--wrap">
        <button type="button" class="button" onClick={() => setAsking(false)}>
          {t('cancelNo')}
        </button>
        <button type="button" class="button button--bad" onClick={() => void confirm()}>
          {t('cancelYes')}
        </button>
      </div>
    </div>
  )
}
