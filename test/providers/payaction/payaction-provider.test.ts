import { describe, expect, it } from 'vitest'
import { createAdapters } from '../../../src/providers/adapters.ts'
import { createPayActionProvider } from '../../../src/providers/payaction/payaction-provider.ts'
import type { PaymentProvider } from '../../../src/providers/payment-port.ts'
import { idOfOrderCode } from '../../../src/domain/payment/order-code.ts'
import { MALL, PAYACTION_URL, payActionWorld } from '../../sandbox/payaction-world.ts'

const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'
/** Half past eight in the morning in Seoul, still the day before in London. */
const NOW = Date.UTC(2026, 10, 19, 23, 30)

const request = {
  paymentId: PAYMENT_ID,
  orderId: '019a9f00-1111-8000-8000-0a1b2c3d4e5f',
  orderName: '주문 #A001',
  amount: 18_000,
  currency: 'KRW',
  method: 'DEPOSIT' as const,
  successUrl: '',
  failUrl: '',
  expiresAt: NOW + 2 * 3600_000,
  payerName: '김민수',
  userId: null,
}
const name = { paymentId: PAYMENT_ID, providerKey: null }

/** An adapter whose every call is answered alike, and what it sent. */
function answeredBy(answer: () => Response | Promise<Response>, excludePath?: string) {
  const sent: Request[] = []
  const provider = createPayActionProvider({
    baseUrl: `${PAYACTION_URL}/`,
    account: MALL,
    excludePath: excludePath ?? '/orders/{order_number}/cancel',
    now: () => NOW,
    fetch: async (asked) => {
      sent.push(asked)
      return answer()
    },
    timeoutMs: 50,
  })
  return { provider, sent }
}
const json = (status: number, body: unknown) => () => Response.json(body, { status })
const SUCCESS = json(200, { status: 'success', response: {} })
const refusing = (status: number, message: string) =>
  json(status, { status: 'error', response: { message } })

describe('telling PayAction of a deposit', () => {
  it('names order, sum and payer, and the time as it is in Seoul', async () => {
    const { provider, sent } = answeredBy(SUCCESS)
    const outcome = await provider.open(request)
    const [asked] = sent as [Request]
    expect(asked.url).toBe(`${PAYACTION_URL}/order`)
    expect(asked.headers.get('x-api-key')).toBe(MALL.apiKey)
    expect(asked.headers.get('x-mall-id')).toBe(MALL.mallId)
    expect(asked.redirect).toBe('manual')
    const body = await asked.json<Record<string, string>>()
    expect(body).toEqual({
      order_number: body['order_number'],
      order_amount: 18_000,
      order_date: '2026-11-20T08:30:00+09:00',
      auto_cancel_date: '2026-11-20T10:30:00+09:00',
      billing_name: '김민수',
      orderer_name: '김민수',
    })
    expect(idOfOrderCode(body['order_number'] ?? '')).toBe(PAYMENT_ID)
    const providerKey = body['order_number']
    expect(outcome).toEqual({ kind: 'opened', providerKey, checkoutUrl: null })
  })

  it('may be repeated', async () => {
    const { provider, store } = payActionWorld()
    const again = { ...request, expiresAt: Date.UTC(2026, 10, 20, 5) }
    expect(await provider.open(again)).toEqual(await provider.open(again))
    expect(store.orders(10)).toHaveLength(1)
  })

  it('is for won alone', async () => {
    const { provider, sent } = answeredBy(SUCCESS)
    expect(await provider.open({ ...request, currency: 'USD' })).toMatchObject({ kind: 'refused' })
    expect(sent).toEqual([])
  })
})

const THROWN = () => Promise.reject(new Error('https://secret'))
const NEVER = () => new Promise<Response>(() => undefined)
const UNKNOWN = [
  ['500', refusing(500, 'x')],
  ['429', refusing(429, 'x')],
  ['408', refusing(408, 'x')],
  ['a page instead of an answer', () => new Response('<h1>')],
  ['an answer without a verdict', json(200, { status: 'maybe' })],
  ['nothing', () => new Response('')],
  [
    'a redirect',
    () => new Response(null, { status: 302, headers: { location: 'https://x.test' } }),
  ],
  ['a connection that fails', THROWN],
] as const
const DEFINITE = [
  ['400', refusing(400, '금액이 올바르지 않습니다.')],
  ['401', refusing(401, '인증 정보가 올바르지 않습니다.')],
  ['an error with 200', refusing(200, '요금제를 확인하세요.')],
  ['404 without words', json(404, {})],
] as const

describe("PayAction's answers", () => {
  it.each(UNKNOWN)('leave everything open after %s', async (_, answer) => {
    const { provider } = answeredBy(answer)
    expect(await provider.open(request)).toMatchObject({ kind: 'unknown' })
    expect(await provider.void(name)).toMatchObject({ kind: 'unknown' })
  })

  it.each(DEFINITE)('are a no after %s: nothing is left to take back either', async (_, answer) => {
    const { provider } = answeredBy(answer)
    expect(await provider.open(request)).toMatchObject({ kind: 'refused' })
    expect(await provider.void(name)).toEqual({ kind: 'voided' })
  })

  it('are waited for no longer than set', async () => {
    const { provider } = answeredBy(NEVER)
    expect(await provider.open(request)).toMatchObject({ kind: 'unknown' })
  })

  it('tell nothing of what was thrown', async () => {
    const { provider } = answeredBy(THROWN)
    expect(JSON.stringify(await provider.open(request))).not.toContain('secret')
  })
})

describe('taking an order back', () => {
  it.each([
    ['/orders/{order_number}/cancel', /\/payaction\/orders\/\w{22}\/cancel$/, ''],
    ['/order-exclude', /\/payaction\/order-exclude$/, /^\{"order_number":"\w{22}"\}$/],
  ])('goes by %s', async (path, url, body) => {
    const { provider, sent } = answeredBy(SUCCESS, path)
    expect(await provider.void(name)).toEqual({ kind: 'voided' })
    expect(sent[0]?.url).toMatch(url)
    expect(await sent[0]?.text()).toMatch(body)
  })
})

describe('a deposit', () => {
  const settings = {
    toss: { baseUrl: 'http://toss.test', secretKey: 'x' },
    payaction: { baseUrl: PAYACTION_URL, excludePath: '/order-exclude', account: null },
  }
  const asked: Request[] = []
  const runtime = {
    now: () => NOW,
    fetch: (sent: Request) => {
      asked.push(sent)
      return Promise.resolve(SUCCESS())
    },
  }
  type Settings = Parameters<typeof createAdapters>[0]
  const makers = createAdapters(settings as Settings, runtime)

  const watched = answeredBy(SUCCESS).provider
  it.each<[string, PaymentProvider]>([
    ['PayAction', watched],
    ['nobody', makers.deposit(null)],
  ])(
    'that %s watches cannot be asked for, found, or paid back by a machine',
    async (_, provider) => {
      const money = { ...request, ...name }
      expect(await provider.capture({ ...money, attemptId: 'a' })).toMatchObject({
        kind: 'unknown',
      })
      expect(await provider.lookUp(name)).toEqual({ kind: 'missing' })
      const refund = { ...money, refundId: 'r', attempt: 0, reason: 'x', account: null }
      expect(await provider.refund(refund)).toMatchObject({ kind: 'refused' })
    },
  )

  it('is waited for without being registered where there is no mall', async () => {
    const keyless = makers.deposit({ 'payaction-mall-id': 'mall' })
    for (const provider of [makers.deposit(null), keyless]) {
      expect(await provider.open(request)).toEqual({
        kind: 'opened',
        providerKey: null,
        checkoutUrl: null,
      })
      expect(await provider.void(name)).toEqual({ kind: 'voided' })
    }
    expect(asked).toEqual([])
  })

  it("is registered at the restaurant's own mall where it has one", async () => {
    await makers
      .deposit({
        'payaction-mall-id': ' own-mall\n',
        'payaction-api-key': 'own-key ',
        'payaction-webhook-key': 'own-webhook-key',
      })
      .open(request)
    expect(asked.at(-1)?.headers.get('x-mall-id')).toBe('own-mall')
    expect(asked.at(-1)?.headers.get('x-api-key')).toBe('own-key')
  })
})
