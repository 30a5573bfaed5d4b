import type { AdminOrder, Move } from '../administration/types.ts'

export interface Portion {
  line_id: string
  quantity: number
}

/** What somebody has filled in; each move takes its own part of it. */
export interface MoveForm {
  reason: string
  minutes: number
  message: string
  unavailable: readonly Portion[]
  soldOut: readonly string[]
  how: 'all' | 'amount' | 'lines'
  /** In the currency's smallest unit. */
  amount: number
  lines: readonly Portion[]
}

/** What is sent for a move; a field of another move would be refused. */
export function moveOf(action: Move, form: MoveForm) {
  const { reason } = form
  switch (action) {
    case 'accept':
      return {
        ...{ action, reason, estimated_time_minutes: form.minutes },
        ...(form.message !== '' && { message: form.message }),
        ...(form.unavailable.length > 0 && { unavailable_lines: [...form.unavailable] }),
      }
    case 'reject':
      return {
        ...{ action, reason },
        ...(form.soldOut.length > 0 && { sold_out_item_ids: [...form.soldOut] }),
      }
    case 'refund':
      return {
        ...{ action, reason },
        ...(form.how === 'amount' && { amount: form.amount }),
        ...(form.how === 'lines' && { lines: [...form.lines] }),
      }
    case 'ready':
    case 'complete':
    case 'cancel':
      return { action, reason }
  }
}

type Lines = Pick<AdminOrder, 'items'>

/** Portions of each line that are made and not paid back yet. */
export const leftOf = ({ items }: Lines) =>
  items
    .map(
      ({ line_id: id, name, quantity, unavailable_quantity: gone, refunded_quantity: back }) => ({
        ...{ id, name },
        most: quantity - gone - back,
      }),
    )
    .filter(({ most }) => most > 0)

type Money = {
  payments: readonly Pick<AdminOrder['payments'][number], 'amount' | 'refunded_amount' | 'status'>[]
  refunds: readonly Pick<AdminOrder['refunds'][number], 'amount' | 'status'>[]
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

/** What came in and is neither back nor promised back. */
export const leftToRefund = ({ payments, refunds }: Money): number =>
  sum(
    payments
      .filter(({ status }) => status === 'CAPTURED')
      .map(({ amount, refunded_amount: back }) => amount - back),
  ) -
  sum(
    refunds
      .filter(({ status }) => status === 'REQUESTED' || status === 'DUE')
      .map(({ amount }) => amount),
  )
