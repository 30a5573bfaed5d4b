import { expect } from 'vitest'
import type { PaymentStatusBody } from './story-restaurant.ts'
import type { Person } from './story-people.ts'
import type { Story } from './story.ts'

/** Who reads the orders, and which they are. */
export type Reading = readonly { staff: Person; orderId: string }[]

/**
 * Holds the provider's books against ours: what it took and kept is what stands on paid orders that
 * did not end, the rest went back or is shown as due; and nothing waits for an answer for ever.
 */
export async function expectMoneyToAddUp(story: Story, reading: Reading): Promise<void> {
  const orders = await Promise.all(
    reading.map(
      async ({ staff, orderId }) =>
        (await staff.get<PaymentStatusBody>(`/orders/${orderId}/payment-status`)).body,
    ),
  )
  const atProvider = story.toss.sandbox.payments(1_000).filter(({ approvedAt }) => approvedAt)
  const taken = atProvider.reduce((sum, payment) => sum + payment.totalAmount, 0)
  const kept = atProvider.reduce((sum, payment) => sum + payment.balanceAmount, 0)
  const payments = orders.flatMap((order) => order.payments)
  const captured = payments.filter(({ status }) => status === 'COMPLETED')
  expect(captured.reduce((sum, { amount }) => sum + amount, 0)).toBe(taken)
  const refunded = captured.reduce((sum, payment) => sum + payment.refunded_amount, 0)
  expect(taken - refunded).toBe(kept)
  const owed = orders.reduce((sum, order) => {
    const ended = ['REJECTED', 'CANCELLED', 'EXPIRED'].includes(order.status)
    return sum + (ended ? order.refund_due_amount : order.captured_amount - order.refunded_amount)
  }, 0)
  expect(kept).toBe(owed)
  for (const { status } of payments) expect(['COMPLETED', 'FAILED', 'ENDED']).toContain(status)
}
