import { createTossProvider } from '../../src/providers/toss/toss-provider.ts'
import { createTossSandbox } from '../../sandbox/toss/app.ts'
import { createFaultBook, faultRule } from '../../sandbox/toss/faults.ts'
import type { WebhookBody } from '../../sandbox/toss/ledger.ts'
import { createMemoryStore } from '../../sandbox/toss/store.ts'

export const MINUTE = 60_000
export const BASE_URL = 'http://sandbox.test/toss'
export const SECRET_KEY = 'test_sk_ours'

export const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` })

export interface WirePayment {
  paymentKey: string
  orderId: string
  status: string
  totalAmount: number
  balanceAmount: number
  approvedAt: string | null
  requestedAt: string
  checkout: { url: string }
  cancels: { cancelAmount: number; cancelReason: string; refundableAmount: number }[] | null
  failure: { code: string } | null
  code: string
  secret: string | null
  virtualAccount: { accountNumber: string; dueDate: string; refundStatus: string } | null
  [key: string]: unknown
}

/** The sandbox in this isolate: its clock is a variable, its webhooks an array. */
export function tossWorld() {
  const world = {
    now: Date.UTC(2026, 10, 20, 3, 30),
    webhooks: [] as { body: WebhookBody; delayMs: number }[],
    waited: [] as number[],
    wait: (): Promise<void> => Promise.resolve(),
  }
  const store = createMemoryStore()
  const faults = createFaultBook()
  const sandbox = createTossSandbox({
    store,
    now: () => world.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    sendWebhook: (body, delayMs) => world.webhooks.push({ body, delayMs }),
    faults,
    origin: 'http://sandbox.test',
    wait: (ms) => {
      world.waited.push(ms)
      return world.wait()
    },
  })

  const call = async (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await sandbox.fetch(
      new Request(`${BASE_URL}/v1/payments${path}`, {
        method,
        headers: { ...basic(SECRET_KEY), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    return { status: response.status, body: await response.json<WirePayment>() }
  }

  return {
    world,
    sandbox,
    faults,
    call,
    fault: (rule: unknown) => faults.add(faultRule.parse(rule)),
    provider: createTossProvider({
      baseUrl: BASE_URL,
      secretKey: SECRET_KEY,
      fetch: (request) => sandbox.fetch(request),
      timeoutMs: 1_000,
    }),
  }
}

export type TossWorld = ReturnType<typeof tossWorld>

/** The states that webhooks have told, in their order. */
export const told = ({ world }: TossWorld): string[] =>
  world.webhooks.map(({ body }) => ('eventType' in body ? body.data.status : body.status))

export const openBody = (orderId: string, amount = 18_000, method = 'CARD') => ({
  method,
  amount,
  currency: 'KRW',
  orderId,
  orderName: '주문 #A001',
  successUrl: 'http://shop.test/payment/success?table=A1',
  failUrl: 'http://shop.test/payment/fail',
})

let orders = 0
export const newOrderId = () => `order-${String((orders += 1)).padStart(6, '0')}`

/** A payment brought to the state that is named, by the steps a buyer and a shop would take. */
export async function paymentIn(
  toss: TossWorld,
  state: 'READY' | 'IN_PROGRESS' | 'DONE' | 'PARTIAL_CANCELED' | 'CANCELED' | 'ABORTED' | 'EXPIRED',
): Promise<WirePayment> {
  const { body: payment } = await toss.call('POST', '', openBody(newOrderId()))
  const { paymentKey, orderId, totalAmount: amount } = payment
  const cancel = (cancelAmount: number) =>
    toss.call('POST', `/${paymentKey}/cancel`, { cancelReason: 'test', cancelAmount })
  if (state === 'ABORTED') toss.sandbox.click(paymentKey, 'fail')
  if (state === 'EXPIRED') toss.world.now += 30 * MINUTE
  if (['IN_PROGRESS', 'DONE', 'PARTIAL_CANCELED', 'CANCELED'].includes(state)) {
    toss.sandbox.click(paymentKey, 'pay')
  }
  if (['DONE', 'PARTIAL_CANCELED', 'CANCELED'].includes(state)) {
    await toss.call('POST', '/confirm', { paymentKey, orderId, amount })
  }
  if (state === 'PARTIAL_CANCELED') await cancel(8_000)
  if (state === 'CANCELED') await cancel(amount)
  return (await toss.call('GET', `/${paymentKey}`)).body
}

/** An account that waits for its money, or what became of it. */
export async function accountIn(
  toss: TossWorld,
  state: 'WAITING_FOR_DEPOSIT' | 'DONE' | 'CANCELED' | 'EXPIRED',
): Promise<WirePayment> {
  const body = openBody(newOrderId(), 18_000, 'VIRTUAL_ACCOUNT')
  const { paymentKey, orderId, totalAmount: amount } = (await toss.call('POST', '', body)).body
  toss.sandbox.click(paymentKey, 'pay')
  await toss.call('POST', '/confirm', { paymentKey, orderId, amount })
  if (state === 'DONE') toss.sandbox.desk.act(paymentKey, 'deposit')
  if (state === 'CANCELED')
    await toss.call('POST', `/${paymentKey}/cancel`, { cancelReason: 'test' })
  if (state === 'EXPIRED') toss.world.now += 7 * 24 * 60 * MINUTE
  return (await toss.call('GET', `/${paymentKey}`)).body
}
