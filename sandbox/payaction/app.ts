import { Hono } from 'hono'
import { z } from 'zod'
import { bankPage } from './bank-page.ts'
import type { CallEffects, CallOperation, PayActionFaults } from './faults.ts'
import type { PayActionStore, Transfer, WatchedOrder } from './store.ts'

/** The one webhook key of every mall here. */
export const WEBHOOK_KEY = 'sandbox-webhook-key'
/** The mall of transfers that no order names. */
export const SANDBOX_MALL = 'sandbox-mall'

export interface Delivery {
  /** Whose own address it goes to; null = the common one. */
  restaurantId: string | null
  headers: Record<string, string>
  body: Record<string, string | number>
}

export interface PayActionOptions {
  store: PayActionStore
  faults: PayActionFaults
  /** The sandbox's clock, milliseconds. */
  now: () => number
  random: (length: number) => Uint8Array
  /** Takes one delivery over; `delayMs` is counted by the sandbox's clock. */
  sendWebhook: (delivery: Delivery, delayMs: number) => void
  /** Real waiting, for the `slow_ms` fault. */
  wait?: (ms: number) => Promise<void>
}

export interface TransferWish {
  name: string
  amount: number
  /** The restaurant that subscribed to the account's feed; null = nobody did. */
  feed: string | null
}

export interface PayActionSandbox {
  fetch(request: Request): Promise<Response>
  /** Somebody transfers money: matched with the one waiting order of this name and sum. */
  transfer(wish: TransferWish): Transfer
  /** People match a transfer by hand on the dashboard, or the same webhook comes once more. */
  tellMatched(number: string): boolean
}

const order = z.object({
  order_number: z.string().min(1).max(22),
  order_amount: z.int().min(1),
  order_date: z.iso.datetime({ offset: true }),
  billing_name: z.string().min(1),
  orderer_name: z.string().min(1),
  auto_cancel_date: z.iso.datetime({ offset: true }).optional(),
})

const KST_MS = 9 * 3600_000
const kst = (ms: number): string => `${new Date(ms + KST_MS).toISOString().slice(0, 19)}+09:00`
/** What it lets a shop's clock be wrong. */
const MOST_SKEW_MS = 3600_000

const answered = (status: number, body: object) => Response.json(body, { status })
const success = (response: object = {}) => answered(200, { status: 'success', response })
const failure = (status: number, message: string) =>
  answered(status, { status: 'error', response: { message } })

/** PayAction and the bank behind it, played under `/payaction`. */
export function createPayActionSandbox(options: PayActionOptions): PayActionSandbox {
  const { store, faults, now, random, sendWebhook } = options
  const wait =
    options.wait ?? ((ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)))
  const id = () => Array.from(random(8), (byte) => byte.toString(16).padStart(2, '0')).join('')

  const deliver = (mallId: string, restaurantId: string | null, body: Delivery['body']) => {
    const fault = faults.ofWebhook()
    if (fault.lose_webhook) return
    const headers = { 'x-webhook-key': WEBHOOK_KEY, 'x-mall-id': mallId, 'x-trace-id': id() }
    const delayMs = fault.late_webhook_ms ?? 0
    sendWebhook({ restaurantId, headers, body }, delayMs)
    if (fault.twice) sendWebhook({ restaurantId, headers, body }, delayMs)
  }

  const tellOrder = ({ number, mallId }: WatchedOrder) =>
    deliver(mallId, null, {
      order_number: number,
      order_status: '매칭완료',
      processing_date: kst(now()),
    })

  const isWatched = ({ state, cancelAt }: WatchedOrder) =>
    state === 'WAITING' && (cancelAt === null || now() < cancelAt)

  const watch = async (request: Request): Promise<Response> => {
    const mallId = request.headers.get('x-mall-id') ?? ''
    const body = order.safeParse(await request.json().catch(() => null))
    if (!body.success) return failure(400, z.prettifyError(body.error))
    const { order_number: number, order_amount: amount, billing_name: name } = body.data
    if (Math.abs(Date.parse(body.data.order_date) - now()) > MOST_SKEW_MS)
      return failure(400, '주문 일시가 올바르지 않습니다.')
    if (store.order(number) !== null) return failure(400, '이미 등록된 주문번호입니다.')
    const until = body.data.auto_cancel_date
    const cancelAt = until === undefined ? null : Date.parse(until)
    store.putOrder({ number, mallId, amount, name, cancelAt, state: 'WAITING' })
    return success({ order_number: number })
  }

  const cancel = (request: Request, number: string): Response => {
    const watched = store.order(number)
    if (watched === null || watched.mallId !== request.headers.get('x-mall-id'))
      return failure(404, '주문을 찾을 수 없습니다.')
    if (watched.state === 'MATCHED') return failure(400, '이미 매칭된 주문입니다.')
    store.putOrder({ ...watched, state: 'CANCELLED' })
    return success()
  }

  const serve = async (
    operation: CallOperation,
    request: Request,
    work: () => Response | Promise<Response>,
  ): Promise<Response> => {
    if (!request.headers.get('x-api-key') || !request.headers.get('x-mall-id'))
      return failure(401, '인증 정보가 올바르지 않습니다.')
    const fault: CallEffects = faults.ofCall(operation)
    if (fault.slow_ms) await wait(fault.slow_ms)
    if (fault.fail_status) return failure(fault.fail_status, '일시적인 오류입니다.')
    if (fault.error) return failure(400, fault.error)
    const response = await work()
    return fault.fail_after ? failure(fault.fail_after, '일시적인 오류입니다.') : response
  }

  const transfer = ({ name, amount, feed }: TransferWish): Transfer => {
    const fitting = store
      .waiting()
      .filter((one) => isWatched(one) && one.amount === amount && one.name === name.trim())
    const [only] = fitting
    const matched = fitting.length === 1 && only !== undefined ? only : null
    const balance = (store.transfers(1)[0]?.balance ?? 0) + amount
    const orderNumber = matched?.number ?? null
    const made: Transfer = { id: id(), at: now(), name: name.trim(), amount, balance, orderNumber }
    store.putTransfer(made)
    if (feed !== null)
      deliver(matched?.mallId ?? SANDBOX_MALL, feed, {
        transaction_type: 'deposited',
        transaction_name: made.name,
        transaction_date: kst(made.at),
        amount,
        balance,
      })
    if (matched !== null) {
      store.putOrder({ ...matched, state: 'MATCHED' })
      tellOrder(matched)
    }
    return made
  }

  const page = (told: string | null) =>
    new Response(bankPage(store.waiting().filter(isWatched), store.transfers(20), told), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'cache-control': 'no-store',
      },
    })

  const app = new Hono()
    .post('/payaction/order', (c) => serve('order', c.req.raw, () => watch(c.req.raw)))
    .post('/payaction/orders/:number/cancel', (c) =>
      serve('cancel', c.req.raw, () => cancel(c.req.raw, c.req.param('number'))),
    )
    .post('/payaction/order-exclude', (c) =>
      serve('cancel', c.req.raw, async () => {
        const body = z.object({ order_number: z.string() }).safeParse(await c.req.json())
        return body.success
          ? cancel(c.req.raw, body.data.order_number)
          : failure(400, 'order_number')
      }),
    )
    .get('/payaction/bank', () => page(null))
    .post('/payaction/bank', async (c) => {
      const wish = transferWish.safeParse(await c.req.parseBody())
      if (!wish.success) return page('이름과 금액을 확인하세요. Check name and sum.')
      const { orderNumber } = transfer(wish.data)
      return page(orderNumber ?? '맞는 주문이 없습니다. It fits no order.')
    })
    .notFound(() => failure(404, '존재하지 않는 주소입니다.'))

  return {
    fetch: async (request) => app.fetch(request),
    transfer,
    tellMatched(number) {
      const watched = store.order(number)
      if (watched === null) return false
      store.putOrder({ ...watched, state: 'MATCHED' })
      tellOrder(watched)
      return true
    },
  }
}

/** As the page's form and the controls say it. */
export const transferWish = z.object({
  name: z.string().trim().min(1).max(100),
  amount: z.coerce.number().int().min(1).max(1_000_000_000),
  feed: z
    .union([z.uuid(), z.literal('')])
    .nullish()
    .transform((id) => (id ? id : null)),
})
