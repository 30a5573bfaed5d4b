import { Hono } from 'hono'
import { accountPage, checkoutPage, overPage } from './checkout-page.ts'
import type { Desk } from './desk.ts'
import type { Ledger } from './ledger.ts'
import { aborted, authenticated, mayTake, type SandboxPayment } from './payment.ts'

export const ACTIONS = ['pay', 'fail', 'cancel'] as const
export type Action = (typeof ACTIONS)[number]

/** `over`: the payment can no longer be acted on by the buyer. */
export type Click =
  { kind: 'redirect'; to: string } | { kind: 'over'; payment: SandboxPayment } | { kind: 'missing' }

const DECLINED = ['REJECT_CARD_COMPANY', '카드사에서 결제를 거절했습니다.'] as const
const CANCELLED = ['PAY_PROCESS_CANCELED', '구매자가 결제를 취소했습니다.'] as const

function withQuery(url: string, query: Record<string, string>): string {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  return target.href
}

const successOf = (payment: SandboxPayment): Click => ({
  kind: 'redirect',
  to: withQuery(payment.successUrl, {
    paymentType: 'NORMAL',
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    amount: String(payment.totalAmount),
  }),
})

/** One press of a button on the checkout page. Pressing "pay" twice leads to the same place twice. */
export function click(
  ledger: Ledger,
  now: number,
  paymentKey: string,
  action: Action,
  bankCode: string | null = null,
): Click {
  const payment = ledger.find(paymentKey)
  if (!payment) return { kind: 'missing' }
  if (action === 'pay' && payment.status === 'IN_PROGRESS') return successOf(payment)
  if (!mayTake('authenticate', payment)) return { kind: 'over', payment }
  switch (action) {
    case 'pay':
      return successOf(ledger.save(authenticated(payment, now, bankCode)))
    case 'fail': {
      const [code, message] = DECLINED
      ledger.save(aborted(payment, code, message))
      return {
        kind: 'redirect',
        to: withQuery(payment.failUrl, { code, message, orderId: payment.orderId }),
      }
    }
    case 'cancel': {
      // A buyer who turns back may come again; the provider then leaves the order id out.
      const [code, message] = CANCELLED
      return { kind: 'redirect', to: withQuery(payment.failUrl, { code, message }) }
    }
  }
}

const bankOf = (given: unknown): string | null =>
  typeof given === 'string' && /^\d{2}$/.test(given) ? given : null

const isAction = (text: unknown): text is Action => ACTIONS.includes(text as Action)

const page = (html: string, status: number) =>
  new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
    },
  })

/** The window in which the buyer authenticates; open to anyone who knows the key, as the real one. */
export function createCheckout(ledger: Ledger, desk: Desk, now: () => number) {
  return new Hono()
    .get('/v1/payments/:paymentKey/checkout', (c) => {
      const payment = ledger.find(c.req.param('paymentKey'))
      if (!payment) return page(overPage(null), 404)
      if (mayTake('authenticate', payment)) return page(checkoutPage(payment), 200)
      return page(mayTake('deposit', payment) ? accountPage(payment) : overPage(payment), 200)
    })
    .post('/v1/payments/:paymentKey/checkout', async (c) => {
      const { action, bank } = await c.req.parseBody()
      if (action === 'deposit') {
        const done = desk.act(c.req.param('paymentKey'), action)
        if (done.kind === 'missing') return page(overPage(null), 404)
        return done.kind === 'done' ? page(overPage(done.payment), 200) : page(overPage(null), 409)
      }
      if (!isAction(action)) return page(overPage(null), 400)
      const clicked = click(ledger, now(), c.req.param('paymentKey'), action, bankOf(bank))
      switch (clicked.kind) {
        case 'redirect':
          return c.redirect(clicked.to, 303)
        case 'over':
          return page(overPage(clicked.payment), 409)
        case 'missing':
          return page(overPage(null), 404)
      }
    })
}
