import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../../lib/api.ts'
import { reader } from '../../lib/i18n.ts'
import { countText } from '../counts.ts'
import { durationText } from '../durations.ts'
import type { View } from '../view.ts'

type Admin = DeskClient['api']['v1']['admin']
export type AlertList = InferResponseType<Admin['alerts']['$get'], 200>
export type Firing = AlertList['firing'][number]
export type Change = AlertList['items'][number]
export type Rule = InferResponseType<Admin['alerts']['rules']['$get'], 200>['items'][number]
export type Channel = InferResponseType<Admin['alerts']['channels']['$get'], 200>['items'][number]
export type AlertKind = Rule['kind']

export const KINDS = [
  'http-5xx',
  'order-p95',
  'outbox-lag',
  'low-stock',
  'coupons-nearly-gone',
  'reconciliation-differences',
  'dead-agenda-entries',
  'nobody-listening',
] as const satisfies readonly AlertKind[]

const ko = {
  'http-5xx': '서버 오류 응답',
  'order-p95': '주문 접수 속도',
  'outbox-lag': '내보내기 지연',
  'low-stock': '재고 부족',
  'coupons-nearly-gone': '쿠폰 소진 임박',
  'reconciliation-differences': '장부 차이',
  'dead-agenda-entries': '포기한 작업',
  'nobody-listening': '주문을 보는 사람 없음',
  'http-5xx-measured': '최근 5분의 5xx 응답 수',
  'order-p95-measured': '최근 5분, 주문 접수에 걸린 시간 (p95)',
  'outbox-lag-measured': '가장 오래 기다린 전송의 대기 시간',
  'low-stock-measured': '매장마다 부족하거나 떨어진 메뉴 수',
  'coupons-nearly-gone-measured': '매장마다 거의 소진된 쿠폰 수',
  'reconciliation-differences-measured': '해결되지 않은 장부 차이 수',
  'dead-agenda-entries-measured': '포기하고 다시 보내지 않은 작업 수',
  'nobody-listening-measured': '매장마다 울리는데 아무도 못 본 주문 수',
  'http-5xx-todo': '현황에서 최근 5분의 수치를 보고, 배포 직후라면 되돌리세요.',
  'order-p95-todo': '데이터베이스나 한 매장에 부하가 몰렸는지 현황에서 확인하세요.',
  'outbox-lag-todo': '어느 수신처가 실패하는지 보고, 담당자에게 알리거나 중지하세요.',
  'low-stock-todo': '매장이 재고를 채우거나 품절로 표시하게 알려 주세요.',
  'coupons-nearly-gone-todo': '수량을 늘리거나 쿠폰을 끝내도록 알려 주세요.',
  'reconciliation-differences-todo': '정산에서 차이를 열어 확인하세요.',
  'dead-agenda-entries-todo': '원인을 먼저 없앤 뒤 메시지를 다시 보내세요.',
  'nobody-listening-todo': '손님이 기다리고 있어요. 매장에 바로 전화하세요.',
} as const

const en: Record<keyof typeof ko, string> = {
  'http-5xx': 'Server errors',
  'order-p95': 'Speed of placing orders',
  'outbox-lag': 'Outgoing is late',
  'low-stock': 'Low stock',
  'coupons-nearly-gone': 'Coupons nearly gone',
  'reconciliation-differences': 'Differences between the books',
  'dead-agenda-entries': 'Work given up',
  'nobody-listening': 'Nobody sees the orders',
  'http-5xx-measured': 'Answers with 5xx in the last 5 minutes',
  'order-p95-measured': 'Time to place an order in the last 5 minutes (p95)',
  'outbox-lag-measured': 'How long the oldest delivery has been waiting',
  'low-stock-measured': 'Items of a restaurant that are low or have run out',
  'coupons-nearly-gone-measured': 'Coupons of a restaurant that are nearly gone',
  'reconciliation-differences-measured': 'Differences that nobody has resolved',
  'dead-agenda-entries-measured': 'Work that was given up and not sent again',
  'nobody-listening-measured': 'Orders of a restaurant that ring and nobody has seen',
  'http-5xx-todo': 'Look at the last 5 minutes in the overview; right after a deployment, go back.',
  'order-p95-todo': 'See in the overview whether the database or one restaurant is overrun.',
  'outbox-lag-todo': 'See which destination fails; tell its people, or disable it.',
  'low-stock-todo': 'Ask the restaurant to restock, or to mark it sold out.',
  'coupons-nearly-gone-todo': 'Have the quantity raised, or the coupon ended.',
  'reconciliation-differences-todo': 'Look at the differences under “Money”.',
  'dead-agenda-entries-todo': 'Mend what made them fail first, then send them again.',
  'nobody-listening-todo': 'Guests are waiting: call the restaurant now.',
}

const t = reader<keyof typeof ko>({ ko, en })

export const kindText = (kind: AlertKind): string => t(kind)
export const measuredText = (kind: AlertKind): string => t(`${kind}-measured`)
export const todoText = (kind: AlertKind): string => t(`${kind}-todo`)

/** Where the desk shows more of it. */
export const PLACE_OF: Partial<Record<AlertKind, View>> = {
  'http-5xx': 'overview',
  'order-p95': 'overview',
  'outbox-lag': 'outgoing',
  'reconciliation-differences': 'money',
  'dead-agenda-entries': 'outgoing',
  'nobody-listening': 'orders',
}

/** A figure of a rule in its unit; what is counted stands as a number. */
export function figureText(unit: string, value: number): string {
  if (unit === 'seconds') return durationText(value)
  return unit === 'milliseconds' ? durationText(value / 1_000) : countText(value)
}

const UNIT_OF: Partial<Record<AlertKind, string>> = {
  'order-p95': 'milliseconds',
  'outbox-lag': 'seconds',
}
/** The same where only the kind is known. */
export const figureOf = (kind: AlertKind, value: number): string =>
  figureText(UNIT_OF[kind] ?? '', value)
