import { reader } from '../../lib/i18n.ts'

const ko = {
  role: '역할',
  locked: '잠김',
  action: '처리',
  status: '상태',
  state: '상태',
  name: '이름',
  value: '값',
  partner: '제휴사',
  certFingerprint: '인증서 지문',
  overlapSeconds: '함께 쓰는 시간(초)',
  restaurant: '매장',
  restaurantId: '매장',
  types: '종류',
  url: '주소',
  day: '날짜',
  rateMillionths: '환율(백만 분의 1)',
  pointsForfeited: '포인트 버림',
  amount: '금액',
  disabled: '끝남',
  enabled: '켜짐',
  count: '수',
  sessions: '로그인',
  threshold: '기준',
  refusal: '안 된 까닭',
  method: '방법',
} as const
type FieldWord = keyof typeof ko

const en: Record<FieldWord, string> = {
  role: 'Role',
  locked: 'Locked',
  action: 'Step',
  status: 'State',
  state: 'State',
  name: 'Name',
  value: 'Value',
  partner: 'Partner',
  certFingerprint: 'Certificate',
  overlapSeconds: 'Overlap (seconds)',
  restaurant: 'Restaurant',
  restaurantId: 'Restaurant',
  types: 'Kinds',
  url: 'Address',
  day: 'Day',
  rateMillionths: 'Rate (millionths)',
  pointsForfeited: 'Points given up',
  amount: 'Sum',
  disabled: 'Disabled',
  enabled: 'Enabled',
  count: 'How many',
  sessions: 'Log-ins',
  threshold: 'Threshold',
  refusal: 'Why not',
  method: 'How',
}

const t = reader<FieldWord>({ ko, en })

/** What a field is called; by its own name where there is no word for it. */
export const fieldText = (field: string): string => (field in ko ? t(field as FieldWord) : field)
