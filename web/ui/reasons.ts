import { reader } from '../lib/i18n.ts'

/** Why a field was refused, by the API's own words for it. */
const ko = {
  check: '적은 내용을 확인해 주세요.',
  wrong: '받을 수 없어요 ({reason})',
  required: '비어 있어요',
  invalid: '받을 수 없는 값이에요',
  invalid_type: '받을 수 없는 값이에요',
  invalid_value: '고를 수 없는 값이에요',
  invalid_union: '모양이 맞지 않아요',
  invalid_format: '형식이 맞지 않아요',
  invalid_time: '시각이 아니에요',
  invalid_date: '날짜가 아니에요',
  unrecognized_keys: '모르는 항목이에요',
  too_big: '너무 크거나 많아요',
  too_small: '너무 작거나 비어 있어요',
  too_short: '너무 짧아요',
  too_long: '너무 길어요',
  common: '너무 흔해요. 더 짐작하기 어려운 것으로 해 주세요',
  repeated: '두 번 적혀 있어요',
  duplicate_key: '두 번 적혀 있어요',
  unknown: '이제 없는 것이에요',
  unknown_category: '이제 없는 분류예요',
  unknown_timezone: '모르는 시간대예요',
  out_of_range: '범위를 벗어났어요',
  negative_price: '값이 0보다 작아질 수 있어요',
  overlaps: '다른 시간과 겹쳐요',
  never_open: '여는 시간이 하나도 없어요. 쉬려면 「주문 받기」에서 멈춰 주세요',
  not_after_start: '끝이 시작보다 늦어야 해요',
  in_the_past: '이미 지났어요',
  not_in_the_future: '이미 지났어요',
  needs_krw: '원화가 아니면 계좌이체, 가상계좌, 포인트를 쓸 수 없어요',
  deposit_needs_account: '계좌이체를 받으려면 입금 받을 계좌를 적어 주세요',
  counter_needs_postpaid: '선불이면 카운터에서 받을 수 없어요',
  prepaid_needs_payment_ahead: '선불이면 미리 낼 방법이 하나는 있어야 해요',
  not_an_address_of_the_service: '이 서비스의 주소가 아니에요',
  menu_has_prices: '메뉴가 있으면 바꿀 수 없어요. 값이 지금 통화로 적혀 있어요',
  coupons_have_amounts: '쿠폰이 있으면 바꿀 수 없어요. 금액이 지금 통화로 적혀 있어요',
  other_currency: '파일의 통화가 매장의 통화와 달라요',
  too_many_items: '메뉴가 너무 많아요',
  too_many_categories: '분류가 너무 많아요',
  malformed_json: 'JSON이 아니에요',
  too_deep: '너무 깊이 겹쳐 있어요',
} as const

type Reason = keyof typeof ko

const en: Record<Reason, string> = {
  check: 'Please check what you have entered.',
  wrong: 'is not accepted ({reason})',
  required: 'is missing',
  invalid: 'is not accepted',
  invalid_type: 'is not accepted',
  invalid_value: 'is none of the choices',
  invalid_union: 'does not have the right shape',
  invalid_format: 'is not written as it should be',
  invalid_time: 'is no time',
  invalid_date: 'is no date',
  unrecognized_keys: 'is not known',
  too_big: 'is too large, or too many',
  too_small: 'is too small, or empty',
  too_short: 'is too short',
  too_long: 'is too long',
  common: 'is guessed too easily',
  repeated: 'is there twice',
  duplicate_key: 'is there twice',
  unknown: 'is there no more',
  unknown_category: 'is a category that is there no more',
  unknown_timezone: 'is no time zone we know',
  out_of_range: 'is out of range',
  negative_price: 'could make a price less than nothing',
  overlaps: 'runs into other hours',
  never_open: 'leaves no hours at all; to take no orders for a while, pause',
  not_after_start: 'has to be later than the start',
  in_the_past: 'has passed already',
  not_in_the_future: 'has passed already',
  needs_krw: 'Bank transfers, virtual accounts and points are for won alone',
  deposit_needs_account: 'Bank transfers need an account to pay into',
  counter_needs_postpaid: 'Nobody pays at the counter before the kitchen begins',
  prepaid_needs_payment_ahead: 'Paying first needs a way to pay ahead',
  not_an_address_of_the_service: 'is no address of that service',
  menu_has_prices: 'cannot change while the menu has prices in it',
  coupons_have_amounts: 'cannot change while coupons have amounts in it',
  other_currency: 'The file’s currency is not the restaurant’s',
  too_many_items: 'has too many dishes',
  too_many_categories: 'has too many categories',
  malformed_json: 'is no JSON',
  too_deep: 'is nested too deeply',
}

const t = reader<Reason>({ ko, en })

/** What a form says above the fields that it names. */
export const checkText = (): string => t('check')

/** A reason in the reader's language. */
export const reasonText = (reason: string): string =>
  reason in ko ? t(reason as Reason) : t('wrong', { reason })
