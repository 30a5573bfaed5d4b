import type { PaymentProvider } from './payment-port.ts'

const NO = { code: 'NOT_CONFIGURED', message: 'There is no account that can be used.' }
const unknown = { kind: 'unknown', detail: NO.code } as const

/**
 * Stands where there is no account, or one whose keys do not open: nothing new is opened, and nothing
 * is claimed about money that may have moved while there was one.
 */
export const unavailable: PaymentProvider = {
  open: () => Promise.resolve({ kind: 'refused', failure: NO }),
  capture: () => Promise.resolve(unknown),
  lookUp: () => Promise.resolve(unknown),
  refund: () => Promise.resolve(unknown),
  void: () => Promise.resolve(unknown),
}
