import type { Locale } from '../locale.ts'
import { moneyText } from '../money-text.ts'
import type { Currency } from '../money.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'
import type { RefundState } from './payment.ts'

export interface RefundNotice {
  status: 'DONE' | 'DUE'
  restaurantName: string
  orderNumber: string
  amount: number
  currency: Currency
  method: PaymentMethod
  /** People paid it back, or will. */
  byHand: boolean
}

/** Whether a member is told of the refund as it is, and what; null while it is under way or dropped. */
export function refundNotice(
  refund: RefundState,
  about: Pick<RefundNotice, 'restaurantName' | 'orderNumber' | 'currency' | 'method'>,
): RefundNotice | null {
  const { status, amount, proof } = refund
  if (status !== 'DONE' && status !== 'DUE') return null
  return { ...about, status, amount, byHand: status === 'DUE' || proof !== null }
}

const WORDS = {
  ko: {
    subject: (name: string, number: string) => `${name} 주문 ${number} 환불 안내`,
    amount: '환불 금액',
    done: '환불이 완료되었습니다.',
    doneByHand: '매장에서 직접 돌려드렸습니다.',
    due: '자동으로 환불할 수 없어 매장에서 직접 돌려드립니다.',
    points: '사용하신 포인트로 돌아갔습니다.',
    elsewhere: '결제하신 수단에 나타나기까지 며칠이 걸릴 수 있습니다.',
  },
  en: {
    subject: (name: string, number: string) => `Your refund for order ${number} at ${name}`,
    amount: 'Amount',
    done: 'The money has gone back to you.',
    doneByHand: 'The restaurant has paid it back to you by hand.',
    due: 'It cannot be paid back automatically: the restaurant will pay it back to you by hand.',
    points: 'It is among your points again.',
    elsewhere: 'It may take some days to show where you paid from.',
  },
} as const satisfies Record<Locale, unknown>

function paragraph(notice: RefundNotice, locale: Locale): string {
  const words = WORDS[locale]
  const { status, byHand, method, amount, currency } = notice
  const told = status === 'DUE' ? words.due : byHand ? words.doneByHand : words.done
  const where = method === 'POINTS' ? words.points : words.elsewhere
  return [
    words.subject(notice.restaurantName, notice.orderNumber),
    `${words.amount}: ${moneyText(locale, amount, currency)}`,
    ...(byHand ? [told] : [told, where]),
  ].join('\n')
}

/** The mail, in both languages: which one the member reads is not known. */
export function refundMail(notice: RefundNotice): { subject: string; text: string } {
  const { restaurantName, orderNumber } = notice
  return {
    subject: `${WORDS.ko.subject(restaurantName, orderNumber)} / Refund ${orderNumber}`,
    text: `${paragraph(notice, 'ko')}\n\n${paragraph(notice, 'en')}\n`,
  }
}
