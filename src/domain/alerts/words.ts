import type { AlertKind } from './rule.ts'

interface Words {
  title: string
  /** What was measured, in a sentence; of restaurants it stands behind the restaurant's name. */
  measured: (value: number) => string
  todo: string
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1)
const minutes = (value: number): number => Math.floor(value / 60)

/** What each kind says, and what to do about it. docs/alerts.md says more. */
export const ALERT_WORDS: Readonly<Record<'ko' | 'en', Readonly<Record<AlertKind, Words>>>> = {
  ko: {
    'http-5xx': {
      title: '서버 오류 응답이 많습니다',
      measured: (value) => `최근 5분 동안 5xx 응답 ${value}건`,
      todo: '로그를 추적 ID로 확인하고, 방금 배포했다면 되돌리세요.',
    },
    'order-p95': {
      title: '주문 접수가 느립니다',
      measured: (value) => `최근 5분 주문 접수 시간 p95 ${seconds(value)}초`,
      todo: '핵심 지표에서 D1과 결제사 지연을 확인하세요.',
    },
    'outbox-lag': {
      title: '외부 전송이 밀려 있습니다',
      measured: (value) => `가장 오래된 전송이 ${minutes(value)}분째 대기 중`,
      todo: '발신함에서 어느 수신처가 실패하는지 확인하세요.',
    },
    'low-stock': {
      title: '재고가 부족한 매장이 있습니다',
      measured: (value) => `부족하거나 소진된 메뉴 ${value}개`,
      todo: '재고를 보충하거나 품절로 표시하도록 매장에 알리세요.',
    },
    'coupons-nearly-gone': {
      title: '쿠폰이 거의 소진되었습니다',
      measured: (value) => `소진되었거나 거의 소진된 쿠폰 ${value}개`,
      todo: '수량을 늘리거나 쿠폰을 종료하세요.',
    },
    'reconciliation-differences': {
      title: '장부가 서로 맞지 않습니다',
      measured: (value) => `해결되지 않은 차이 ${value}건`,
      todo: '대사 결과를 열어 결제와 포인트 내역을 확인하세요.',
    },
    'dead-agenda-entries': {
      title: '포기한 작업이 있습니다',
      measured: (value) => `다시 실행되지 않은 작업 ${value}건`,
      todo: '원인을 고친 뒤 메시지는 다시 보내고, 매장의 기한 작업은 직접 처리하세요.',
    },
    'nobody-listening': {
      title: '아무도 주문을 보지 않는 매장이 있습니다',
      measured: (value) => `확인되지 않은 주문 ${value}건`,
      todo: '매장에 전화하세요. 손님이 기다리고 있습니다.',
    },
  },
  en: {
    'http-5xx': {
      title: 'Many answers are server errors',
      measured: (value) => `${value} answers with 5xx in the last 5 minutes`,
      todo: 'Look into the log by trace id; go back if you have just deployed.',
    },
    'order-p95': {
      title: 'Placing orders is slow',
      measured: (value) => `p95 of placing an order in the last 5 minutes: ${seconds(value)} s`,
      todo: "Look at the core figures: D1's and the payment providers' times.",
    },
    'outbox-lag': {
      title: 'What leaves the platform is late',
      measured: (value) => `the oldest delivery has been waiting for ${minutes(value)} minutes`,
      todo: 'See in the outbox which destination fails.',
    },
    'low-stock': {
      title: 'Restaurants run low on stock',
      measured: (value) => `items that are low or have run out: ${value}`,
      todo: 'Have the restaurant restock, or mark them sold out.',
    },
    'coupons-nearly-gone': {
      title: 'Coupons are nearly gone',
      measured: (value) => `coupons that are gone or nearly so: ${value}`,
      todo: 'Raise their quantity, or end them.',
    },
    'reconciliation-differences': {
      title: 'The books do not agree',
      measured: (value) => `open differences: ${value}`,
      todo: 'Open the reconciliation and look at the payments and points it names.',
    },
    'dead-agenda-entries': {
      title: 'Work was given up',
      measured: (value) => `not done again yet: ${value}`,
      todo: "Mend the cause; send letters again, and do by hand what a restaurant's deadline should have.",
    },
    'nobody-listening': {
      title: 'Restaurants where nobody looks at orders',
      measured: (value) => `orders that nobody has seen: ${value}`,
      todo: 'Call the restaurant: guests are waiting.',
    },
  },
}

/** Stands in a path for the id of the restaurant that an alert is about. */
export const RESTAURANT_IN_PATH = '{restaurant_id}'

/** Where the API says more of what an alert is about. */
export const ALERT_PATHS: Readonly<Record<AlertKind, string>> = {
  'http-5xx': '/api/v1/admin/metrics/core?window=5m',
  'order-p95': '/api/v1/admin/metrics/core?window=5m',
  'outbox-lag': '/api/v1/admin/integrations/outbox',
  'low-stock': `/api/v1/admin/inventory/levels?restaurant_id=${RESTAURANT_IN_PATH}`,
  'coupons-nearly-gone': '/api/v1/admin/coupons',
  'reconciliation-differences': '/api/v1/admin/payments/reconciliation',
  'dead-agenda-entries': '/api/v1/admin/dead-letters',
  'nobody-listening': '/api/v1/admin/orders',
}
