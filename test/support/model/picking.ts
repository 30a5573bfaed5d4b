import type { Asker } from '../../../src/domain/actor.ts'
import type { CommandOutcome } from '../../../src/domain/commands.ts'
import { isOpen } from '../../../src/domain/order/lifecycle.ts'
import type { OrderState } from '../../../src/domain/order/order.ts'
import { isLive } from '../../../src/domain/payment/machine.ts'
import type { PaymentState } from '../../../src/domain/payment/payment.ts'
import type { World } from './world.ts'

export const kindOf = (outcome: CommandOutcome): string =>
  outcome.ok ? 'ok' : outcome.refusal.kind

/** Mostly something that is still going on; sometimes what is over. */
export const mostly = <T>(
  { dice }: World,
  all: readonly T[],
  going: (one: T) => boolean,
): T | undefined => {
  const open = all.filter(going)
  const from = open.length > 0 && dice.chance(0.85) ? open : all
  return from.length === 0 ? undefined : dice.pick(from)
}
export const anyOrder = (world: World): OrderState | undefined =>
  mostly(
    world,
    world.before!.orders.slice(-8).map((view) => view.order),
    (order) => isOpen(order.status),
  )
export const anyPayment = (
  world: World,
  going: (payment: PaymentState) => boolean = isLive,
): PaymentState | undefined =>
  mostly(
    world,
    world.before!.orders.slice(-8).flatMap((view) => view.payments),
    going,
  )
/** Mostly whose order it is; sometimes somebody else. */
export const guestOf = ({ dice, guests }: World, order: OrderState): Asker =>
  dice.chance(0.9)
    ? (guests.find((one) => one.sessionId === order.sessionId) ?? guests[0]!)
    : dice.pick(guests)

/** It may come at once, later, or never; and then perhaps again. */
export async function send(
  world: World,
  label: string,
  deliver: () => Promise<unknown>,
): Promise<void> {
  const { dice, inFlight } = world
  if (dice.chance(0.15)) return
  if (dice.chance(0.3)) inFlight.push({ label, deliver })
  else {
    await deliver()
    if (dice.chance(0.15)) inFlight.push({ label: `${label} again`, deliver })
  }
}
