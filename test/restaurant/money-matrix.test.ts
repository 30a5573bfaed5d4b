import { describe, expect, it, vi } from 'vitest'
import { livesThrough } from '../support/matrix/matrix.ts'
import { COMBINATIONS, leftOut, ROWS, STATES } from '../support/matrix/rows.ts'

/** A hundred lives each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

describe.each(['stripe', 'payaction', 'feed', 'points', 'counter'] as const)(
  'money by %s',
  (way) => {
    it.each(STATES)('adds up when it comes to an order that is %s', async (state) => {
      expect(await livesThrough(way, state)).toEqual([])
    })
  },
)

describe('the matrix of money', () => {
  it('leaves nothing out but what cannot happen', () => {
    expect(leftOut()).toEqual({
      'only staff take money at the counter': 1_134,
      'staff see no money but cash and what is on the account': 1_890,
      'nobody calls about points': 378,
      'a browser confirms no transfer': 756,
      'a bank account is not asked': 756,
      'points that are being taken keep the till shut': 84,
      'an alarm rings until it has run': 132,
      'whoever alone can tell repeats it until it is taken': 45,
      'one call tells everything': 1_350,
      'there is no order before points are claimed': 23,
      'what is over is claimed no more, and nothing follows': 180,
      'nothing is owed any more about what was voided': 195,
      'money that moves after its end, with nobody left who heard of it, is told by the webhook alone': 16,
      'a question moves nothing and is not refused': 666,
      'a ledger does not refuse what it does': 36,
    })
    expect([COMBINATIONS, ROWS.length]).toEqual([12_096, 4_455])
  })
})
