import { describe, expect, it } from 'vitest'
import { guidanceOf } from '../../../src/domain/payment/guidance.ts'

describe('what a guest can do about a refusal', () => {
  it.each([
    ['REJECT_CARD_COMPANY', 'TRY_ANOTHER_CARD'],
    ['INVALID_STOPPED_CARD', 'TRY_ANOTHER_CARD'],
    ['INVALID_CARD_EXPIRATION', 'CHECK_DETAILS'],
    ['EXCEED_MAX_CARD_INSTALLMENT_PLAN', 'CHECK_DETAILS'],
    ['REJECT_CARD_PAYMENT', 'CHECK_LIMIT'],
    ['EXCEED_MAX_ONE_DAY_AMOUNT', 'CHECK_LIMIT'],
    ['PROVIDER_ERROR', 'PAY_LATER'],
    ['NOT_AVAILABLE_BANK', 'PAY_LATER'],
    ['PAY_PROCESS_CANCELED', 'START_OVER'],
    ['EXPIRED_PAYMENT', 'START_OVER'],
    ['BELOW_MINIMUM_AMOUNT', 'ASK_STAFF'],
    ['UNAUTHORIZED_KEY', 'ASK_STAFF'],
    ['NOT_CONFIGURED', 'ASK_STAFF'],
    ['KEYS_NOT_ACCEPTED', 'ASK_STAFF'],
    ['A_CODE_OF_TOMORROW', 'TRY_ANOTHER_WAY'],
    ['', 'TRY_ANOTHER_WAY'],
    ['constructor', 'TRY_ANOTHER_WAY'],
  ])('%s: %s', (code, guidance) => {
    expect(guidanceOf(code)).toBe(guidance)
  })
})
