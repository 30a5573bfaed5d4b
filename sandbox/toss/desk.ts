import type { Ledger } from './ledger.ts'
import { payBack } from './operations.ts'
import { bounced, confirmed, mayTake, type SandboxPayment } from './payment.ts'

export const DESK_ACTIONS = ['deposit', 'bounce', 'refund_arrives', 'refund_fails'] as const
/**
 * What happens at banks. `deposit`: the buyer transfers the money. `bounce`: the bank takes a deposit
 * back. `refund_arrives`, `refund_fails`: what became of a transfer back that was under way.
 */
export type DeskAction = (typeof DESK_ACTIONS)[number]
export type Done = { kind: 'done'; payment: SandboxPayment } | { kind: 'over' | 'missing' }

const KEY_LENGTH = 16
const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

function after(
  action: DeskAction,
  payment: SandboxPayment,
  now: number,
  random: (length: number) => Uint8Array,
): SandboxPayment | null {
  switch (action) {
    case 'deposit':
      return mayTake('deposit', payment) ? confirmed(payment, now, hex(random(KEY_LENGTH))) : null
    case 'bounce':
      return mayTake('bounce', payment) ? bounced(payment) : null
    case 'refund_arrives':
    case 'refund_fails': {
      const { virtualAccount } = payment
      if (virtualAccount?.refundStatus !== 'PENDING') return null
      const refundStatus = action === 'refund_arrives' ? 'COMPLETED' : 'FAILED'
      return { ...payment, virtualAccount: { ...virtualAccount, refundStatus } }
    }
  }
}

export interface DeskOptions {
  ledger: Ledger
  now: () => number
  random: (length: number) => Uint8Array
}

/** What banks and the shop's people at the provider's own desk do to a payment. */
export function createDesk({ ledger, now, random }: DeskOptions) {
  return {
    act(paymentKey: string, action: DeskAction): Done {
      const payment = ledger.find(paymentKey)
      if (payment === null) return { kind: 'missing' }
      const next = after(action, payment, now(), random)
      return next === null ? { kind: 'over' } : { kind: 'done', payment: ledger.save(next) }
    },
    /** A refund that nobody asked for over the API. */
    refund(paymentKey: string, amount: number): Done {
      const payment = ledger.find(paymentKey)
      if (payment === null) return { kind: 'missing' }
      if (!mayTake('cancel', payment) || amount > payment.balanceAmount) return { kind: 'over' }
      const paidBack = payBack(payment, amount, '상점 관리자 환불', {
        now: now(),
        random,
        fault: {},
      })
      return { kind: 'done', payment: ledger.save(paidBack) }
    },
  }
}

export type Desk = ReturnType<typeof createDesk>
