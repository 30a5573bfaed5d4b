import { reader } from '../lib/i18n.ts'
import { SHARED } from '../ui/words.ts'

const ko = {
  ...SHARED.ko,
  title: '데스크',
  signInHint: '고객 지원과 운영을 맡은 계정으로 로그인해 주세요.',
  noDesk: '이 계정에는 데스크 권한이 없어요. 매장 일은 사무실과 주문판에서 할 수 있어요.',
  toOffice: '사무실',
  overview: '현황',
  customers: '고객',
  orders: '주문',
  refunds: '환불 요청',
  activity: '열람 기록',
  alerts: '알림',
  outgoing: '내보내기',
  settings: '플랫폼 설정',
  accounts: '계정',
  partners: '제휴사',
  money: '정산',
  audit: '변경 기록',
} as const

export type DeskWord = keyof typeof ko

const en: Record<DeskWord, string> = {
  ...SHARED.en,
  title: 'Desk',
  signInHint: 'For accounts of support and administration.',
  noDesk: 'This account has no desk. A restaurant’s work is done in the office and on the board.',
  toOffice: 'Office',
  overview: 'Overview',
  customers: 'Customers',
  orders: 'Orders',
  refunds: 'Refund requests',
  activity: 'Who looked',
  alerts: 'Alerts',
  outgoing: 'Outgoing',
  settings: 'Platform settings',
  accounts: 'Accounts',
  partners: 'Partners',
  money: 'Money',
  audit: 'Audit trail',
}

export const t = reader<DeskWord>({ ko, en })
