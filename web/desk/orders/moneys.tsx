import { momentText, money } from '../../lib/format.ts'
import type { Payment, SupportOrder } from '../support/types.ts'
import { t as shared } from '../support/words.ts'
import { t } from './words.ts'

/** How an order was paid; names and accounts masked. */
export const Payments = ({ order: { payments, currency } }: { order: SupportOrder }) =>
  payments.length === 0 ? (
    <p class="soft">{t('noPayments')}</p>
  ) : (
    <ul>
      {payments.map((payment) => (
        <li key={payment.payment_id} class="line">
          <div class="line__what">
            <strong>{shared(`by_${payment.method}`)}</strong>{' '}
            <span class="badge">{paidWord(payment)}</span>{' '}
            {payment.disputed && <span class="badge badge--bad">{t('disputed')}</span>}
            <p class="soft">{detailsOf(payment)}</p>
          </div>
          <span class="sum">
            {money(payment.amount, currency)}
            {payment.refunded_amount > 0 && ` − ${money(payment.refunded_amount, currency)}`}
          </span>
        </li>
      ))}
    </ul>
  )

const PAID = [
  'PENDING',
  'CAPTURING',
  'WAITING_FOR_DEPOSIT',
  'COMPLETED',
  'FAILED',
  'ENDED',
] as const

function paidWord({ status }: Payment): string {
  const known = PAID.find((one) => one === status)
  return known === undefined ? status : shared(`paid_${known}`)
}

function detailsOf({ captured_at: at, opened_at: opened, ...payment }: Payment): string {
  const { payer_name: payer, account, failure_code: failure } = payment
  return [
    momentText(at ?? opened),
    payer !== null && `${t('payer')} ${payer}`,
    account !== null && `${t('account')} ${account.bank} ${account.account_no} ${account.holder}`,
    failure !== null && t('failed', { code: failure }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What went back, and what is on its way. */
export const Refunds = ({ order: { refunds, currency } }: { order: SupportOrder }) =>
  refunds.length === 0 ? (
    <p class="soft">{t('noRefunds')}</p>
  ) : (
    <ul>
      {refunds.map((refund) => (
        <li key={refund.id} class="line">
          <div class="line__what">
            <span class={refund.status === 'DONE' ? 'badge badge--good' : 'badge'}>
              {shared(`back_${refund.status}`)}
            </span>{' '}
            {refund.reason}
            <p class="soft">
              {[
                momentText(refund.done_at ?? refund.requested_at),
                refund.explanation,
                refund.failure?.message,
                refund.proof?.note,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          <span class="sum">{money(refund.amount, currency)}</span>
        </li>
      ))}
    </ul>
  )
