import type { LogLine } from '../runtime.ts'
import type { PaymentProvider } from './payment-port.ts'

export type ProviderCall = keyof PaymentProvider
/** What a call was about and came to, in the outcome's own word, and how long it took. */
export interface NotedCall {
  call: ProviderCall
  of: { paymentId: string; orderId?: string; refundId?: string }
  outcome: string
  seconds: number
}
export type NoteCall = (noted: NotedCall) => void

/** The same provider, with every call told of. Adapters never throw: trouble is an outcome. */
export function countedProvider(
  provider: PaymentProvider,
  now: () => number,
  note: NoteCall,
): PaymentProvider {
  const counted =
    <Q extends NotedCall['of'], A extends { kind: string }>(
      call: ProviderCall,
      ask: (request: Q) => Promise<A>,
    ) =>
    async (request: Q): Promise<A> => {
      const startedAt = now()
      const outcome = await ask(request)
      note({ call, of: request, outcome: outcome.kind, seconds: (now() - startedAt) / 1_000 })
      return outcome
    }
  return {
    open: counted('open', (request) => provider.open(request)),
    capture: counted('capture', (request) => provider.capture(request)),
    lookUp: counted('lookUp', (request) => provider.lookUp(request)),
    refund: counted('refund', (request) => provider.refund(request)),
    void: counted('void', (request) => provider.void(request)),
  }
}

/** A call as a line has it; `orderId`: what the request is about, where the call names no order. */
export function providerLine(
  provider: string,
  orderId: string | null,
  { call, of, outcome, seconds }: NotedCall,
): LogLine {
  const { paymentId, refundId, orderId: named } = of
  return {
    level: outcome === 'unknown' ? 'warn' : 'info',
    kind: 'provider',
    ...{ provider, call, outcome },
    durationMs: Math.round(seconds * 1_000),
    // A charge of points is no order's: it is named twice.
    orderId: paymentId === named ? null : (named ?? orderId),
    ...{ paymentId, refundId },
  }
}
