import type { Locale } from '../context.ts'

/** What the payment pages say. */
export const WORDS: Record<Locale, Record<PageKey, string>> = {
  ko: {
    paid: '결제가 완료되었습니다',
    paidHint: '주문이 매장에 전달되었습니다. 이 화면을 닫아도 됩니다.',
    waiting: '결제를 확인하고 있습니다',
    waitingHint: '잠시만 기다려 주세요. 화면이 자동으로 바뀝니다.',
    failed: '결제하지 못했습니다',
    failedHint: '금액은 청구되지 않았습니다.',
    refunding: '주문이 종료되어 환불합니다',
    refundingHint: '따로 하실 일은 없습니다. 환불은 카드사에 따라 며칠 걸릴 수 있습니다.',
    unknown: '찾을 수 없는 결제 링크입니다',
    unknownHint: '주문 화면에서 결제 버튼을 다시 눌러 주세요.',
    order: '주문 번호',
    amount: '결제 금액',
    again: '다시 결제하기',
  },
  en: {
    paid: 'Payment complete',
    paidHint: 'Your order has reached the restaurant. You may close this page.',
    waiting: 'Checking your payment',
    waitingHint: 'One moment, please. This page refreshes by itself.',
    failed: 'The payment did not go through',
    failedHint: 'You were not charged.',
    refunding: 'The order has ended: you are being refunded',
    refundingHint: 'There is nothing to do. Your card company may take a few days to show it.',
    unknown: 'This payment link is not valid',
    unknownHint: 'Please tap the pay button of your order again.',
    order: 'Order number',
    amount: 'Amount',
    again: 'Pay again',
  },
}

export type PageKey =
  | 'paid'
  | 'paidHint'
  | 'waiting'
  | 'waitingHint'
  | 'failed'
  | 'failedHint'
  | 'refunding'
  | 'refundingHint'
  | 'unknown'
  | 'unknownHint'
  | 'order'
  | 'amount'
  | 'again'
