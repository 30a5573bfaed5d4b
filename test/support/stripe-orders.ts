import type { z } from '@hono/zod-openapi'
import type { createdIntent } from '../../src/http/schemas/stripe.ts'
import type { Card } from '../../sandbox/stripe/objects.ts'
import type { Person } from './story-people.ts'
import {
  atTable,
  expectStatus,
  type OrderBody,
  type PaymentStatusBody,
  type Place,
  type RefundBody,
} from './story-restaurant.ts'
import type { Story } from './story.ts'

export type IntentBody = z.output<typeof createdIntent>

/** A guest at a table of a restaurant that takes Stripe. */
export async function atStripeTable(settings: Record<string, unknown> = {}) {
  const world = await atTable({ payment_methods: ['CARD', 'STRIPE'], ...settings })
  return { ...world, ...stripeSteps(world) }
}

/** What guests, their banks and Stripe do, step by step. */
export function stripeSteps({
  story,
  place,
  guest,
}: {
  story: Story
  place: Place
  guest: Person
}) {
  const orderNow = async ({ order_id }: { order_id: string }): Promise<OrderBody> =>
    (await guest.get<OrderBody>(`/orders/${order_id}`)).body
  const ordered = () => place.ordered(guest, { payment_method: 'STRIPE' })
  const intentFor = async (order: { order_id: string }): Promise<IntentBody> =>
    expectStatus(
      await guest.post<IntentBody>('/payments/create-intent', { order_id: order.order_id }),
      200,
    )
  /** Ordered, and the form stands before the guest. */
  const opened = async () => {
    const order = await ordered()
    return { order, intent: await intentFor(order) }
  }
  /** … and the guest has paid in his browser, which told us nothing; the webhook did. */
  const paid = async (card: Card = 'pm_card_visa') => {
    const before = await opened()
    story.stripe.sandbox.pay(before.intent.payment_intent_id, card)
    await story.settle()
    return before
  }
  return {
    orderNow,
    ordered,
    intentFor,
    opened,
    paid,
    paymentsOf: async ({ order_id }: { order_id: string }) =>
      (await guest.get<PaymentStatusBody>(`/orders/${order_id}/payment-status`)).body.payments,
    refundsOf: async ({ order_id }: { order_id: string }): Promise<RefundBody[]> =>
      (await guest.get<{ items: RefundBody[] }>(`/orders/${order_id}/refunds`)).body.items,
    /** Refunds an amount as the owner. */
    refund: async (order: { order_id: string }, amount: number): Promise<RefundBody> =>
      expectStatus(
        await place.owner.post<RefundBody>(`/restaurants/me/orders/${order.order_id}/refunds`, {
          amount,
          reason: '재료 소진',
        }),
        202,
      ),
  }
}
