import { setTimeout as pause } from 'node:timers/promises'
import { errorOf, UnexpectedAnswerError, type Answer, type Api } from '../lib/api.ts'
import type { Chance } from '../lib/random.ts'
import type { InitiatedJson, MenuItemJson, PlacedOrderJson } from '../lib/shapes.ts'
import type { AnsweredOrder } from './evidence.ts'
import { persist } from './persist.ts'

export interface GuestOptions {
  name: string
  api: Api
  /** Origin of the sandbox, where the guest pays. */
  sandbox: string
  token: string
  tableId: string | null
  menu: readonly MenuItemJson[]
  chance: Chance
  answers: AnsweredOrder[]
  stopped: () => boolean
  /** Called with each order that was placed. */
  onPlaced: (orderId: string) => void
}

const REFUSALS = new Set(['OUT_OF_STOCK', 'TOO_MANY_UNPAID_ORDERS'])

type Ending =
  'pays' | 'pays and cancels' | 'cancels' | 'leaves' | 'leaves the checkout' | 'pays and leaves'

const ENDINGS: readonly Ending[] = [
  ...(['pays', 'pays', 'pays', 'pays', 'pays', 'pays'] as const),
  'pays and cancels',
  'cancels',
  'leaves',
  'leaves the checkout',
  'pays and leaves',
]

/** A guest's evening: orders again and again, with double taps, and ends each order one way. */
export async function liveAsGuest(options: GuestOptions): Promise<void> {
  const { chance, stopped, name } = options
  const unpaid: PlacedOrderJson[] = []
  for (let count = 1; !stopped(); count += 1) {
    const ending = chance.pick(ENDINGS)
    const order = await placeOrder(options, `${name}-${count}`)
    if (order === 'too many') await cancel(options, unpaid.shift())
    else if (order !== 'sold out') {
      options.onPlaced(order.order_id)
      await end(options, order, ending)
      if (ending.includes('leaves')) unpaid.push(order)
    }
    await pause(chance.between(10, 200))
  }
}

function chooseLines({ menu, chance }: GuestOptions) {
  return Array.from({ length: chance.between(1, 3) }, () => {
    const item = chance.pick(menu)
    const options = item.options.flatMap(({ id, required, max, choices }) => {
      const wanted = required ? 1 : chance.between(0, Math.min(max, choices.length))
      const from = chance.between(0, choices.length - 1)
      return Array.from({ length: wanted }, (_, index) => ({
        option_id: id,
        choice: choices[(from + index) % choices.length]!.id,
      }))
    })
    return { menu_id: item.id, quantity: chance.between(1, 2), options }
  })
}

async function placeOrder(
  options: GuestOptions,
  key: string,
): Promise<PlacedOrderJson | 'too many' | 'sold out'> {
  const { api, token, tableId, chance, answers, name } = options
  const body = {
    ...(tableId !== null && { table_id: tableId }),
    items: chooseLines(options),
    payment_method: 'CARD',
  }
  const taps = chance.percent(35) ? chance.between(2, 4) : 1
  const settled = await Promise.all(
    Array.from({ length: taps }, () =>
      persist(() => api.send('POST', '/orders', { token, key, body })),
    ),
  )
  const placed = settled.filter(({ status }) => status === 201)
  for (const { body: answered } of placed) {
    const { order_id, order_number, total_amount } = answered as PlacedOrderJson
    answers.push({ guest: name, key, orderId: order_id, number: order_number, total: total_amount })
  }
  for (const answer of settled) if (answer.status !== 201) expectRefusal(answer, REFUSALS)
  const first = placed[0]
  if (first !== undefined) return first.body as PlacedOrderJson
  const reasons = settled.map((answer) => errorOf(answer)?.reason)
  return reasons.includes('TOO_MANY_UNPAID_ORDERS') ? 'too many' : 'sold out'
}

function expectRefusal(answer: Answer, allowed: ReadonlySet<string>): void {
  const reason = errorOf(answer)?.reason ?? ''
  if (answer.status !== 409 || !allowed.has(reason))
    throw new UnexpectedAnswerError(answer, [...allowed].join(' or '))
}

async function end(options: GuestOptions, order: PlacedOrderJson, ending: Ending): Promise<void> {
  switch (ending) {
    case 'pays':
      return confirm(options, await authenticate(options, order))
    case 'pays and cancels':
      await confirm(options, await authenticate(options, order))
      return cancel(options, order)
    case 'cancels':
      return cancel(options, order)
    case 'leaves':
      return
    case 'leaves the checkout':
      await initiate(options, order)
      return
    case 'pays and leaves':
      await authenticate(options, order)
      return
  }
}

const PAYMENT_REFUSALS = new Set(['ORDER_STATE', 'PAYMENT_NOT_OPEN', 'PAYMENT_REFUSED'])

async function initiate(
  { api, token }: GuestOptions,
  { order_id, total_amount }: PlacedOrderJson,
): Promise<InitiatedJson | null> {
  const answer = await persist(() =>
    api.send('POST', '/payments/initiate', {
      token,
      key: `pay-${order_id}`,
      body: { order_id, amount: total_amount, payment_method: 'CARD' },
    }),
  )
  if (answer.status < 300) return answer.body as InitiatedJson
  expectRefusal(answer, PAYMENT_REFUSALS)
  return null
}

/** At the provider's page: the guest has paid, the shop has not asked for the money yet. */
async function authenticate(
  options: GuestOptions,
  order: PlacedOrderJson,
): Promise<{ initiated: InitiatedJson; redirectUrl: string } | null> {
  const initiated = await initiate(options, order)
  if (initiated === null) return null
  const url = `${options.sandbox}/control/payments/${initiated.payment_key}/approve`
  const response = await fetch(url, { method: 'POST' })
  const clicked = (await response.json()) as { redirect_url?: string }
  return clicked.redirect_url === undefined
    ? null
    : { initiated, redirectUrl: clicked.redirect_url }
}

/** Back from the provider: by the page, by the call, or by both at the same moment. */
async function confirm(
  options: GuestOptions,
  paid: { initiated: InitiatedJson; redirectUrl: string } | null,
): Promise<void> {
  if (paid === null) return
  const { api, token, chance } = options
  const { payment_key: paymentKey, payment_id: orderId, amount } = paid.initiated
  const byPage = () => byRedirect(paid.redirectUrl)
  const byCall = () =>
    persist(() =>
      api.send('POST', '/payments/confirm', { token, body: { paymentKey, orderId, amount } }),
    )
  const ways = chance.pick([[byPage], [byCall], [byPage, byCall], [byCall, byCall]])
  const answers = await Promise.all(ways.map((way) => way()))
  for (const answer of answers)
    if (answer !== null && answer.status >= 300) expectRefusal(answer, PAYMENT_REFUSALS)
}

/** The success page; a browser that got no page is closed, the webhook and the agenda are left. */
async function byRedirect(url: string): Promise<null> {
  await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(20_000) })
    .then((response) => response.text())
    .catch(() => '')
  return null
}

async function cancel(options: GuestOptions, order: PlacedOrderJson | undefined): Promise<void> {
  if (order === undefined) return
  const answer = await persist(() =>
    options.api.send('POST', `/orders/${order.order_id}/cancel`, {
      token: options.token,
      key: `cancel-${order.order_id}`,
      body: {},
    }),
  )
  if (answer.status >= 300) expectRefusal(answer, new Set(['ORDER_STATE']))
}
