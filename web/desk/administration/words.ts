import { reader } from '../../lib/i18n.ts'
import { SHARED } from '../../ui/words.ts'

const ko = {
  ...SHARED.ko,
  save: '저장',
  saved: '저장했어요',
  done: '처리했어요',
  reason: '사유',
  reasonHint: '변경 기록에 남아요. 개인정보는 적지 마세요.',
  show: '찾기',
  clear: '조건 지우기',
  all: '모두',
  filters: '찾을 조건',
  restaurant: '매장',
  restaurantHint: '이름의 일부를 적고 고르세요.',
  person: '회원',
  from: '이날부터',
  to: '이날까지',
  copy: '복사',
  copyNamed: '{name} 복사',
  copied: '복사했어요',
  notCopied: '복사하지 못했어요. 글자를 길게 눌러 직접 복사해 주세요.',
  once: '지금 한 번만 보여 드려요. 안전한 곳에 옮겨 적은 뒤 닫아 주세요.',
  keptIt: '옮겨 적었어요',
  days: '{count}일',
  hours: '{count}시간',
  atOnce: '바로',
} as const

export type CommonWord = keyof typeof ko

const en: Record<CommonWord, string> = {
  ...SHARED.en,
  save: 'Save',
  saved: 'Saved',
  done: 'Done',
  reason: 'Reason',
  reasonHint: 'Stands in the audit trail: keep personal data out of it.',
  show: 'Search',
  clear: 'Clear',
  all: 'All',
  filters: 'What to look for',
  restaurant: 'Restaurant',
  restaurantHint: 'Type a part of its name and choose.',
  person: 'Person',
  from: 'From this day',
  to: 'To this day',
  copy: 'Copy',
  copyNamed: 'Copy {name}',
  copied: 'Copied',
  notCopied: 'It could not be copied. Please select it and copy it yourself.',
  once: 'This is shown now and never again. Put it somewhere safe before you close this.',
  keptIt: 'I have kept it',
  days: '{count} days',
  hours: '{count} hours',
  atOnce: 'At once',
}

/** Words that the views of administration share; their own take them in. */
export const COMMON = { ko, en }

export const t = reader<CommonWord>(COMMON)
