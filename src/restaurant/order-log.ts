import type { CommandEnvelope, CommandOutcome } from '../domain/commands.ts'
import type { DomainEvent } from '../domain/events.ts'
import { orderOf } from '../domain/order/order-of.ts'
import type { LogLine } from '../runtime.ts'

/** A line for each thing that happened to an order, whoever or whatever did it. */
export const orderLines = (events: readonly DomainEvent[]): LogLine[] =>
  events.flatMap(({ type: event, seq, subject, traceId }) => {
    if (subject.kind !== 'order') return []
    const { id: orderId, number: orderNumber, status, paymentStatus } = subject.order
    const of = { orderId, orderNumber, traceId }
    const line = { level: 'info', kind: 'order', event, seq, status, paymentStatus } as const
    const takenOut = subject.order.lines.reduce((sum, one) => sum + one.unavailableQuantity, 0)
    return [{ ...line, takenOut, refunds: subject.refunds.length, ...of }]
  })

/** A command and what came of it. */
export function commandLine(
  { command, traceId }: CommandEnvelope,
  outcome: CommandOutcome,
): LogLine {
  const orderId = orderOf(command, outcome)
  const line = { level: 'info', kind: 'command', command: command.type, orderId, traceId } as const
  return outcome.ok
    ? { ...line, replayed: outcome.replayed, refusal: null }
    : { ...line, replayed: false, refusal: outcome.refusal.kind }
}
