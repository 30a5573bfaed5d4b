import type { PayInAccount } from '../../domain/payment/payment.ts'
import { bankName } from './banks.ts'
import type { TossPayment } from './wire.ts'

/** A time without an offset is Korea's. */
function timeOf(text: string): number | null {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+09:00`
  const ms = Date.parse(zoned)
  return Number.isNaN(ms) ? null : ms
}

/** The account that was issued for the payment, or null where none is to be seen. */
export function accountOf({ virtualAccount }: TossPayment): PayInAccount | null {
  if (!virtualAccount?.dueDate) return null
  const dueAt = timeOf(virtualAccount.dueDate)
  if (dueAt === null) return null
  return {
    bank: bankName(virtualAccount.bankCode),
    accountNo: virtualAccount.accountNumber,
    holder: virtualAccount.customerName ?? '',
    dueAt,
  }
}
