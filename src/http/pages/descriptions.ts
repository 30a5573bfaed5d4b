import type { Locale } from '../context.ts'
import type { PageName } from './shell.ts'

type Described = Exclude<PageName, 'guest'>

const DESCRIPTIONS: Record<Locale, Record<Described, string> & { guest: string; of: string }> = {
  ko: {
    guest: '{name}: 메뉴를 보고, 테이블에서 주문하고, 결제하고, 음식이 나올 때까지 지켜보세요.',
    of: '매장',
    landing: 'QR 코드를 찍어 테이블에서 주문하고, 주방에서는 1초 안에 울립니다.',
    board: '주방 태블릿의 주문판: 새 주문이 울리고, 한 번에 접수하고, 완료합니다.',
    office: '메뉴, 테이블과 QR 코드, 쿠폰, 재고, 통계, 직원을 관리하는 사장님의 사무실.',
    desk: '고객 지원과 플랫폼 운영을 위한 데스크.',
  },
  en: {
    guest: '{name}: read the menu, order at your table, pay, and watch until the food is there.',
    of: 'The restaurant',
    landing: 'Scan, order at the table, pay; the kitchen’s tablet rings within a second.',
    board: 'The kitchen’s board: new orders ring until somebody takes them.',
    office: 'The owner’s office: menu, tables and codes, coupons, stock, statistics, staff.',
    desk: 'The desk of support and administration.',
  },
}

/** What a search engine or a shared link says of a page; `name`: whose menu it is. */
export function describePage(locale: Locale, page: PageName, name: string | null): string {
  const words = DESCRIPTIONS[locale]
  return page === 'guest' ? words.guest.replace('{name}', () => name ?? words.of) : words[page]
}

const TITLES: Record<Locale, Record<Described, string>> = {
  ko: {
    landing: 'OrderSync',
    board: '주문판 · OrderSync',
    office: '사무실 · OrderSync',
    desk: '데스크 · OrderSync',
  },
  en: {
    landing: 'OrderSync',
    board: 'Board · OrderSync',
    office: 'Office · OrderSync',
    desk: 'Desk · OrderSync',
  },
}

/** What a tab or a bookmark says of a page until its script runs; a guest's is the restaurant's name. */
export const titlePage = (locale: Locale, page: PageName): string | null =>
  page === 'guest' ? null : TITLES[locale][page]
