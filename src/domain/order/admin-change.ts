import { unreachable } from '../result.ts'
import type { Asker } from '../actor.ts'
import type { Command } from '../commands.ts'
import { isBeingAsked } from '../payment/machine.ts'
import type { RefundedLine } from '../payment/payment.ts'
import { refundableOfAll } from '../payment/refunding.ts'
import type { OrderView } from '../queries.ts'
import { judge, type OrderVerb } from './lifecycle.ts'
import type { OrderStatus } from './order.ts'

/** What administrators may have done to any order: the board's own commands, and ending it later on. */
export const ADMIN_ACTIONS = ['accept', 'reject', 'ready', 'complete', 'cancel', 'refund'] as const
export type AdminAction = (typeof ADMIN_ACTIONS)[number]

/** What leads to a status, where a person may lead there. */
export const ACTION_TO: Readonly<Record<OrderStatus, AdminAction | null>> = {
  PENDING: null,
  ACCEPTED: 'accept',
  READY: 'ready',
  COMPLETED: 'complete',
  REJECTED: 'reject',
  CANCELLED: 'cancel',
  EXPIRED: null,
}

export interface AdminChange {
  orderId: string
  action: AdminAction
  /** Told to the guest where the order ends by it or money goes back. */
  reason: string
  estimatedTimeMinutes: number
  message: string | null
  unavailableLines: readonly { lineId: string; quantity: number }[]
  soldOutItemIds: readonly string[]
  /** Of a refund: a sum, or portions; neither = all that is left. */
  amount: number | null
  lines: readonly RefundedLine[] | null
}

export type AdminCommand = Extract<
  Command,
  {
    type:
      | 'accept-order'
      | 'reject-order'
      | 'ready-order'
      | 'complete-order'
      | 'void-order'
      | 'request-refund'
  }
>

/** The command of the restaurant that does it. */
export function commandOf(change: AdminChange): AdminCommand {
  const { orderId, reason } = change
  switch (change.action) {
    case 'accept': {
      const { estimatedTimeMinutes, message, unavailableLines } = change
      return { type: 'accept-order', orderId, estimatedTimeMinutes, message, unavailableLines }
    }
    case 'reject':
      return { type: 'reject-order', orderId, reason, soldOutItemIds: change.soldOutItemIds }
    case 'ready':
      return { type: 'ready-order', orderId }
    case 'complete':
      return { type: 'complete-order', orderId }
    case 'cancel':
      return { type: 'void-order', orderId, reason }
    case 'refund':
      return {
        type: 'request-refund',
        orderId,
        reason,
        amount: change.amount,
        lines: change.lines,
      }
    default:
      return unreachable(change.action)
  }
}

const VERBS: Readonly<Record<Exclude<AdminAction, 'refund'>, OrderVerb>> = {
  accept: 'accept',
  reject: 'reject',
  ready: 'ready',
  complete: 'complete',
  cancel: 'void',
}

/** What of it may be done now. */
export function adminActions({ order, payments, refunds }: OrderView, asker: Asker): AdminAction[] {
  const facts = { capturing: payments.some(isBeingAsked) }
  if (asker.role !== 'ADMIN') return []
  return ADMIN_ACTIONS.filter((action) =>
    action === 'refund'
      ? refundableOfAll(payments, refunds) > 0
      : judge(VERBS[action], order, facts, asker) === 'ok',
  )
}
