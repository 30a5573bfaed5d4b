import { describe, expect, it } from 'vitest'
import { noticeText, unseenNotice } from '../../../src/domain/restaurant/notice.ts'
import { hintOf } from '../../../src/domain/restaurant/secrets.ts'
import { anOrder, aRestaurant } from '../../support/orders.ts'

const order = (number: string, tableName: string | null = 'A1') =>
  anOrder({ id: number, number, tableName })

describe('the notice that orders are unseen', () => {
  it('names the restaurant, the orders and their tables, in the language of the market', () => {
    const notice = unseenNotice(aRestaurant(), [order('A001'), order('A002', null)])
    expect(noticeText(notice)).toEqual({
      title: '[맛있는 치킨집] 확인하지 않은 주문이 있습니다',
      lines: ['A001 (A1), A002 (포장)', '주문판을 확인해 주세요.'],
    })
    expect(noticeText({ ...notice, market: 'US' }).lines[0]).toBe('A001 (A1), A002 (take-away)')
  })

  it('says that orders have stopped only where they stopped for this', () => {
    const stopped = aRestaurant({ paused: true, pauseReason: 'UNSEEN' })
    expect(noticeText(unseenNotice(stopped, [order('A001')])).lines).toHaveLength(3)
    const byHand = aRestaurant({ paused: true, pauseReason: 'STAFF' })
    expect(noticeText(unseenNotice(byHand, [order('A001')])).lines).toHaveLength(2)
  })

  it('counts what is too many to name', () => {
    const many = Array.from({ length: 23 }, (_, index) => order(`A${index}`))
    const [named = ''] = noticeText(unseenNotice(aRestaurant(), many)).lines
    expect(named).toContain('A19 (A1), 외 3건')
    expect(named).not.toContain('A20')
  })
})

describe('the hint of a secret', () => {
  it.each([
    ['test_sk_0123456789abcdef', '…cdef'],
    ['elevenchars', '…'],
    ['x', '…'],
  ])('of %s is %s', (secret, hint) => {
    expect(hintOf('toss-secret-key', secret)).toBe(hint)
  })

  it('of an e-mail address is where it is', () => {
    expect(hintOf('notify-email', 'boss@restaurant.example')).toBe('…@restaurant.example')
  })
})
