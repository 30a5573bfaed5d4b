import { describe, expect, it } from 'vitest'
import { found } from '../support/ordering.ts'
import { REFUSED, withClaim } from '../support/paying.ts'

describe('a capture that the provider refused', () => {
  it('is asked about once more: money that moved all the same is not lost', async () => {
    const { payment, attempt, settle, taken, later, lookedUp, now } = await withClaim()
    await settle(payment, attempt, REFUSED)
    expect(await now()).toMatchObject({ paymentStatus: 'UNPAID' })
    taken('look-up')
    await later(5_000)
    expect(taken('look-up')).toHaveLength(1)
    await lookedUp(payment, found(payment, 'CAPTURED'))
    expect(await now()).toMatchObject({ paymentStatus: 'PAID' })
  })

  it('is over when the provider says so again', async () => {
    const { payment, attempt, settle, taken, later, lookedUp, agenda } = await withClaim()
    await settle(payment, attempt, REFUSED)
    await later(5_000)
    await lookedUp(payment, found(payment, 'FAILED'))
    taken('look-up')
    expect(await agenda('look-up')).toEqual([])
  })
})
