import { lapsesAt, type SandboxPayment } from './payment.ts'

/** The first answer to an idempotency key. */
export interface StoredAnswer {
  at: number
  status: number
  body: string
}

/** Where the sandbox keeps what it knows; synchronous, so that a step cannot be interleaved. */
export interface TossStore {
  get(paymentKey: string): SandboxPayment | null
  findByOrder(merchant: string, orderId: string): SandboxPayment | null
  put(payment: SandboxPayment): void
  /** Newest first. */
  list(limit: number): SandboxPayment[]
  /** Those whose time is over and that do not know it yet. */
  lapsed(now: number): SandboxPayment[]
  /** When the next payment lapses, milliseconds. */
  nextLapse(): number | null
  answerTo(key: string): StoredAnswer | null
  remember(key: string, answer: StoredAnswer): void
}

export function createMemoryStore(): TossStore {
  const payments = new Map<string, SandboxPayment>()
  const answers = new Map<string, StoredAnswer>()
  return {
    get: (paymentKey) => payments.get(paymentKey) ?? null,
    findByOrder: (merchant, orderId) =>
      [...payments.values()].find((p) => p.merchant === merchant && p.orderId === orderId) ?? null,
    put: (payment) => void payments.set(payment.paymentKey, payment),
    list: (limit) => [...payments.values()].reverse().slice(0, limit),
    lapsed: (now) => [...payments.values()].filter((p) => (lapsesAt(p) ?? Infinity) <= now),
    nextLapse: () => {
      const times = [...payments.values()].map(lapsesAt).filter((at) => at !== null)
      return times.length === 0 ? null : Math.min(...times)
    },
    answerTo: (key) => answers.get(key) ?? null,
    remember: (key, answer) => void answers.set(key, answer),
  }
}
