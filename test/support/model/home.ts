import { expect } from 'vitest'
import { DAY, HOUR } from '../ordering.ts'
import { run } from './jobs.ts'
import { holds, type Reader } from './invariants.ts'
import type { World } from './world.ts'

async function atOnce(_: World, _label: string, deliver: () => Promise<unknown>): Promise<void> {
  await deliver()
}

/** Everything works again for as long as anything is owed: what was begun comes to its end. */
export async function bringHome(world: World, reader: Reader): Promise<void> {
  const { provider, restaurant, inFlight } = world
  provider.trouble = 0
  const late = inFlight.splice(0).filter(({ sure }) => sure)
  for (let round = 0; round < 12; round += 1) {
    restaurant.passes(round < 8 ? HOUR : DAY)
    // By then the orders that nobody paid are over.
    if (round === 3) for (const { deliver } of late) await deliver()
    world.before = await world.snapshot()
    reader.read(world.before)
    holds(world.before, world, reader)
    for (let job = world.jobsWaiting().shift(); job; job = world.jobsWaiting().shift())
      await run(world, job, atOnce)
  }
  const last = await world.snapshot()
  world.before = last
  reader.read(last)
  holds(last, world, reader)
  expect(last.watermark, 'every event has arrived').toBe(last.lastSeq)
  expect(new Set(last.agenda.map(({ kind }) => kind)), 'nothing is owed').toEqual(
    new Set(['housekeeping']),
  )
  for (const { order, payments, refunds } of last.orders) {
    expect(order.status, 'nobody waits for ever').not.toBe('PENDING')
    expect(refunds.some((refund) => refund.status === 'REQUESTED')).toBe(false)
    for (const payment of payments) {
      const { id, status, amount } = payment
      if (payment.provider === 'counter') continue
      expect(provider.capturedAmount(id), 'money at the provider is known here').toBe(
        status === 'CAPTURED' ? amount : 0,
      )
      const byHand = refunds.filter((one) => one.paymentId === id && one.proof !== null)
      const paidByHand = byHand.reduce((sum, one) => sum + one.amount, 0)
      expect(provider.paidBack(id) + paidByHand, 'money that went back is known here').toBe(
        payment.refundedAmount,
      )
    }
  }
}
