import { reader } from '../lib/i18n.ts'

const ko = {
  PENDING: '접수 대기',
  ACCEPTED: '조리 중',
  READY: '준비됨',
  COMPLETED: '전달 완료',
  REJECTED: '거절됨',
  CANCELLED: '취소됨',
  EXPIRED: '시간 초과',
  pay_UNPAID: '결제 전',
  pay_PENDING: '결제 대기',
  pay_PAID: '결제됨',
  pay_PARTIALLY_REFUNDED: '일부 환불',
  pay_REFUNDED: '환불됨',
  pay_REFUND_DUE: '직접 환불 필요',
  by_CARD: '카드·간편결제',
  by_VIRTUAL_ACCOUNT: '가상계좌',
  by_STRIPE: '해외 카드',
  by_DEPOSIT: '계좌이체',
  by_POINTS: '포인트',
  by_COUNTER: '카운터 결제',
} as const

export type OrderWord = keyof typeof ko

const en: Record<OrderWord, string> = {
  PENDING: 'Waiting',
  ACCEPTED: 'Cooking',
  READY: 'Ready',
  COMPLETED: 'Served',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Expired',
  pay_UNPAID: 'Unpaid',
  pay_PENDING: 'Waits for payment',
  pay_PAID: 'Paid',
  pay_PARTIALLY_REFUNDED: 'Partly refunded',
  pay_REFUNDED: 'Refunded',
  pay_REFUND_DUE: 'To be paid back by hand',
  by_CARD: 'Card',
  by_VIRTUAL_ACCOUNT: 'Virtual account',
  by_STRIPE: 'Card abroad',
  by_DEPOSIT: 'Transfer',
  by_POINTS: 'Points',
  by_COUNTER: 'At the counter',
}

/** How orders and their money stand: one name for each at every view of the desk. */
export const ORDER = { ko, en }

export const t = reader<OrderWord>(ORDER)
