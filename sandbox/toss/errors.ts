/** Error answers: the code, its HTTP status, and a sentence for the buyer or the shop. */
export const ERRORS = {
  INVALID_REQUEST: [400, '요청 값이 올바르지 않습니다.'],
  INVALID_ORDER_ID: [400, '주문 번호는 6~64자의 영문, 숫자, -, _ 이어야 합니다.'],
  INVALID_IDEMPOTENCY_KEY: [400, '멱등키는 300자 이하여야 합니다.'],
  NOT_SUPPORTED_METHOD: [400, '지원하지 않는 결제 수단입니다.'],
  NOT_SUPPORTED_CURRENCY: [400, '카드 결제는 원화만 지원합니다.'],
  BELOW_MINIMUM_AMOUNT: [400, '카드는 100원, 가상계좌는 200원 이상이어야 합니다.'],
  DUPLICATED_ORDER_ID: [400, '이미 사용된 주문 번호입니다.'],
  UNAUTHORIZED_KEY: [401, '인증되지 않은 시크릿 키입니다.'],
  ALREADY_PROCESSED_PAYMENT: [400, '이미 처리된 결제입니다.'],
  ALREADY_CANCELED_PAYMENT: [400, '이미 취소된 결제입니다.'],
  NOT_CANCELABLE_AMOUNT: [403, '취소할 수 있는 금액을 넘었습니다.'],
  NOT_CANCELABLE_PAYMENT: [403, '취소할 수 없는 결제입니다.'],
  INVALID_REFUND_ACCOUNT_INFO: [400, '환불 계좌 정보가 올바르지 않습니다.'],
  NOT_ALLOWED_PARTIAL_REFUND: [403, '부분 취소를 할 수 없는 결제입니다.'],
  NOT_FOUND_PAYMENT: [404, '존재하지 않는 결제입니다.'],
  NOT_FOUND_PAYMENT_SESSION: [404, '결제 인증을 마치지 않았거나 결제 시간이 지났습니다.'],
  IDEMPOTENT_REQUEST_PROCESSING: [409, '같은 멱등키의 요청을 처리하고 있습니다.'],
  FAILED_INTERNAL_SYSTEM_PROCESSING: [500, '내부 시스템 처리에 실패했습니다.'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof ERRORS

/** An answer before it is sent: what the idempotency store keeps. */
export interface Answer {
  status: number
  body: string
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  body: JSON.stringify(body),
})

export const refusal = (code: ErrorCode): Answer =>
  json(ERRORS[code][0], { code, message: ERRORS[code][1] })
