import { reader } from '../../lib/i18n.ts'

const ko = {
  lead: '한 사람이 요청한 환불을 다른 사람이 확인하고 승인해요.',
  filter: '상태로 고르기',
  tab_requested: '승인 대기',
  tab_approved: '전하는 중',
  tab_failed: '실패',
  tab_refused: '거절됨',
  tab_done: '완료',
  tab_all: '모두',
  none_requested: '기다리는 요청이 없어요.',
  none: '이런 요청이 없어요.',
  request: '환불 요청 {sum}',
  amount: '금액',
  reason: '까닭',
  policy: '규정',
  asked: '요청',
  decided: '결정',
  note: '결정 메모',
  lines: '{count}개 품목분',
  orderer: '주문한 사람',
  openOrder: '주문 열기',
  money: '돈',
  moneyOf: '{sum} · {status}',
  policy_ORDER_TOO_OLD: '주문한 지 오래되어 환불할 수 없어요',
  policy_CUSTOMER_ERASED: '지워진 고객의 주문이라 환불할 수 없어요',
  policy_OWN_ORDER: '본인이 주문한 것이라 다른 사람이 확인해요',
  policy_OTHER_CURRENCY: '원화가 아니라 다른 사람이 확인해요',
  policy_ABOVE_LIMIT: '바로 승인되는 금액보다 커서 다른 사람이 확인해요',
  policy_REPEATED_FOR_ORDER: '이 주문에 환불 요청이 이미 있었어서 다른 사람이 확인해요',
  policy_FREQUENT_FOR_CUSTOMER: '이 고객의 환불이 잦아서 다른 사람이 확인해요',
  policy_WITHIN_LIMIT: '바로 승인되는 금액이에요',
  state_REQUESTED: '다른 사람의 승인을 기다려요. 이 화면에 두면 결과가 나타나요.',
  state_APPROVED: '승인됐어요. 매장에 전하고 있어요…',
  state_DONE: '매장이 환불을 받아들였어요.',
  state_FAILED: '매장이 환불하지 못했어요.',
  state_REFUSED: '환불하지 않기로 했어요.',
  failure_REFUND_TOO_LARGE:
    '그 사이에 환불되어 남은 돈보다 커졌어요. 주문을 보고 다시 요청해 주세요.',
  failure_AMOUNT_MISMATCH:
    '그 사이에 일부가 환불되어 금액이 달라졌어요. 주문을 보고 다시 요청해 주세요.',
  failure_ORDER_STATE: '주문이 환불할 수 없는 상태가 됐어요. 주문을 확인해 주세요.',
  failure_OUTCOME_UNKNOWN: '오래 이루어지지 않았어요. 주문의 환불 내역을 먼저 확인해 주세요.',
  failure_NOT_FOUND: '매장에 이 주문이 없어요. 관리자에게 알려 주세요.',
  failure_other: '매장이 거절한 까닭: {code}. 주문을 확인하고, 모르겠으면 관리자에게 알려 주세요.',
  approve: '승인',
  refuse: '거절',
  approveNamed: '{sum} 환불 승인',
  refuseNamed: '{sum} 환불 거절',
  approveTitle: '{sum} 환불을 승인할까요?',
  approveText: '바로 매장에 전해지고, 되돌릴 수 없어요.',
  refuseTitle: '{sum} 환불을 거절할까요?',
  refuseText: '요청한 사람이 메모를 읽을 수 있어요. 손님에게는 보이지 않아요.',
  noteLabel: '메모 (선택)',
  noteHint: '고객 지원 안에서만 보여요.',
  approved: '승인했어요',
  refused: '거절했어요',
  askedIt: '내가 요청한 환불이라 다른 사람이 결정해야 해요.',
  orderedIt: '내가 주문한 것이라 다른 사람이 결정해야 해요.',
} as const

export type RefundWord = keyof typeof ko

const en: Record<RefundWord, string> = {
  lead: 'What one person asks for, another looks at and approves.',
  filter: 'Choose by state',
  tab_requested: 'Waiting',
  tab_approved: 'Being told',
  tab_failed: 'Failed',
  tab_refused: 'Refused',
  tab_done: 'Done',
  tab_all: 'All',
  none_requested: 'Nothing waits for approval.',
  none: 'There are no such requests.',
  request: 'Refund of {sum}',
  amount: 'Amount',
  reason: 'Reason',
  policy: 'Policy',
  asked: 'Asked',
  decided: 'Decided',
  note: 'Note of the decision',
  lines: 'portions of {count} lines',
  orderer: 'Ordered by',
  openOrder: 'Open the order',
  money: 'Money',
  moneyOf: '{sum} · {status}',
  policy_ORDER_TOO_OLD: 'The order is too old for a refund',
  policy_CUSTOMER_ERASED: 'The order is of an erased customer; nothing can be refunded',
  policy_OWN_ORDER: 'Ordered by whoever asks: a second person decides',
  policy_OTHER_CURRENCY: 'Not in won: a second person decides',
  policy_ABOVE_LIMIT: 'Above what is approved at once: a second person decides',
  policy_REPEATED_FOR_ORDER: 'There were requests for this order: a second person decides',
  policy_FREQUENT_FOR_CUSTOMER: 'Frequent refunds for this customer: a second person decides',
  policy_WITHIN_LIMIT: 'Within what is approved at once',
  state_REQUESTED: 'Waits for somebody else’s approval. What they decide appears here.',
  state_APPROVED: 'Approved. The restaurant is being told…',
  state_DONE: 'The restaurant has entered the refund.',
  state_FAILED: 'The restaurant could not refund it.',
  state_REFUSED: 'It was decided not to refund it.',
  failure_REFUND_TOO_LARGE: 'Meanwhile less was left than this. Look at the order and ask anew.',
  failure_AMOUNT_MISMATCH:
    'Meanwhile a part went back and the sum is another. Look at the order and ask anew.',
  failure_ORDER_STATE: 'The order can no longer be refunded. Please look at it.',
  failure_OUTCOME_UNKNOWN: 'Nobody could carry it out for long. Look at the order’s refunds first.',
  failure_NOT_FOUND: 'The restaurant does not know this order. Please tell an administrator.',
  failure_other:
    'Why the restaurant would not: {code}. Look at the order; if in doubt, tell an administrator.',
  approve: 'Approve',
  refuse: 'Refuse',
  approveNamed: 'Approve the refund of {sum}',
  refuseNamed: 'Refuse the refund of {sum}',
  approveTitle: 'Approve the refund of {sum}?',
  approveText: 'The restaurant is told at once. It cannot be taken back.',
  refuseTitle: 'Refuse the refund of {sum}?',
  refuseText: 'Whoever asked can read the note. The guest does not see it.',
  noteLabel: 'Note (optional)',
  noteHint: 'Stays within support.',
  approved: 'Approved',
  refused: 'Refused',
  askedIt: 'You asked for this one: somebody else has to decide.',
  orderedIt: 'You ordered this yourself: somebody else has to decide.',
}

export const t = reader<RefundWord>({ ko, en })

const FAILURES = [
  'REFUND_TOO_LARGE',
  'AMOUNT_MISMATCH',
  'ORDER_STATE',
  'OUTCOME_UNKNOWN',
  'NOT_FOUND',
] as const

/** Why a restaurant would not, and what to do. */
export function failureText(code: string): string {
  const known = FAILURES.find((one) => one === code)
  return known === undefined ? t('failure_other', { code }) : t(`failure_${known}`)
}

/** What the policy said, as others keep it; what is not known is told as it is. */
export function policyText(policy: string): string {
  const word = `policy_${policy}`
  return word in ko ? t(word as RefundWord) : policy
}
