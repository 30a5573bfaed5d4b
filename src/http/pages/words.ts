import type { Locale } from '../context.ts'

/** How a payment can stand when a browser asks. */
export type PaymentState =
  | 'paid'
  | 'charged'
  | 'givenUp'
  | 'waiting'
  | 'failed'
  | 'over'
  | 'refunding'
  | 'refundDue'
  | 'unknown'

export type PageKey =
  | PaymentState
  | `${PaymentState | 'account' | 'payerName'}Hint`
  | 'account'
  | 'order'
  | 'amount'
  | 'again'
  | 'toOrder'
  | 'bank'
  | 'accountNo'
  | 'holder'
  | 'payerName'
  | 'until'
  | 'copy'
  | 'copied'
  | 'uncopied'
  | 'openApp'
  | 'check'

/** What the payment pages say. */
export const WORDS: Record<Locale, Record<PageKey, string>> = {
  ko: {
    paid: '결제가 완료되었습니다',
    paidHint: '주문이 매장에 전달되었습니다. 이 화면을 닫아도 됩니다.',
    charged: '포인트를 충전했습니다',
    chargedHint: '바로 사용하실 수 있습니다. 이 화면을 닫아도 됩니다.',
    waiting: '결제를 확인하고 있습니다',
    waitingHint: '잠시만 기다려 주세요. 화면이 자동으로 바뀝니다.',
    givenUp: '충전을 마치지 않고 돌아왔습니다',
    givenUpHint: '충전되었는지는 내 포인트에서 확인해 주세요.',
    failed: '결제하지 못했습니다',
    failedHint: '금액은 청구되지 않았습니다.',
    over: '종료된 주문입니다',
    overHint: '더 결제하실 금액이 없습니다. 금액은 청구되지 않았습니다.',
    refunding: '주문이 종료되어 환불합니다',
    refundingHint: '따로 하실 일은 없습니다. 환불은 카드사에 따라 며칠 걸릴 수 있습니다.',
    refundDue: '매장에서 직접 환불해 드립니다',
    refundDueHint:
      '자동으로 돌려드릴 수 없는 금액이 있습니다. 직원에게 환불받을 방법을 알려 주세요.',
    unknown: '찾을 수 없는 결제 링크입니다',
    unknownHint: '주문 화면에서 결제 버튼을 다시 눌러 주세요.',
    account: '입금을 기다리고 있습니다',
    accountHint: '아래 계좌로 금액을 정확히 보내 주세요. 입금이 확인되면 주문이 매장에 전달됩니다.',
    order: '주문 번호',
    amount: '결제 금액',
    again: '다시 결제하기',
    toOrder: '주문 지켜보기',
    bank: '은행',
    accountNo: '계좌 번호',
    holder: '예금주',
    payerName: '보내는 분 이름',
    payerNameHint: '보내는 분 이름을 아래와 똑같이 적어 주세요. 이 이름으로 입금을 확인합니다.',
    until: '입금 기한',
    copy: '복사',
    copied: '복사했습니다.',
    uncopied: '복사하지 못했습니다. 길게 눌러 복사해 주세요.',
    openApp: '토스로 보내기',
    check: '입금 확인하기',
  },
  en: {
    paid: 'Payment complete',
    paidHint: 'Your order has reached the restaurant. You may close this page.',
    charged: 'Your points are there',
    chargedHint: 'You can use them at once. You may close this page.',
    waiting: 'Checking your payment',
    waitingHint: 'One moment, please. This page refreshes by itself.',
    givenUp: 'You came back without finishing',
    givenUpHint: 'Your points show whether anything was charged.',
    failed: 'The payment did not go through',
    failedHint: 'You were not charged.',
    over: 'This order is over',
    overHint: 'There is nothing to pay any more. You were not charged.',
    refunding: 'The order has ended: you are being refunded',
    refundingHint: 'There is nothing to do. Your card company may take a few days to show it.',
    refundDue: 'The restaurant will pay you back',
    refundDueHint: 'This cannot be paid back by itself. Please tell the staff where to send it.',
    unknown: 'This payment link is not valid',
    unknownHint: 'Please tap the pay button of your order again.',
    account: 'Waiting for your transfer',
    accountHint:
      'Transfer exactly this amount to the account below. Your order reaches the restaurant as soon as it arrives.',
    order: 'Order number',
    amount: 'Amount',
    again: 'Pay again',
    toOrder: 'Watch the order',
    bank: 'Bank',
    accountNo: 'Account number',
    holder: 'Account holder',
    payerName: "Sender's name",
    payerNameHint: "Enter the sender's name exactly as below. The transfer is recognised by it.",
    until: 'Transfer by',
    copy: 'Copy',
    copied: 'Copied.',
    uncopied: 'That could not be copied. Touch and hold the text instead.',
    openApp: 'Transfer with Toss',
    check: 'Check for my transfer',
  },
}
