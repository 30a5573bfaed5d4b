import { describe, expect, it } from 'vitest'
import { payLinkKey } from '../../src/usecases/payments/pay-link.ts'
import { withPoints } from '../support/points-story.ts'
import {
  atTable,
  clickPay,
  type ConfirmedBody,
  type InitiatedBody,
  type OrderBody,
  type PaymentStatusBody,
} from '../support/story-restaurant.ts'
import { MINUTE, type Story } from '../support/story.ts'

const TRANSFERS = { payment_methods: ['CARD', 'VIRTUAL_ACCOUNT'] }
const BY_ACCOUNT = { payment_method: 'VIRTUAL_ACCOUNT' }

async function page(story: Story, path: string, language = 'en') {
  const response = await story.ask(path, {
    headers: { 'accept-language': language },
    redirect: 'manual',
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const pathOf = (url: string | null): string => {
  const { pathname, search } = new URL(url ?? '')
  return pathname + search
}

/** The guest has been through the provider's page; the account is about to be issued. */
async function withPage() {
  const world = await atTable(TRANSFERS)
  const { story, place, guest } = world
  const order = await place.ordered(guest, BY_ACCOUNT)
  const opened = await page(story, pathOf(order.payment_url))
  const { paymentKey } = story.toss.sandbox.payments(1)[0]!
  const accountNo = () => story.toss.sandbox.find(paymentKey)?.virtualAccount?.accountNumber ?? ''
  return {
    ...world,
    order,
    opened,
    paymentKey,
    accountNo,
    ...clickPay(story, { payment_key: paymentKey }),
  }
}

/** The account waits. */
async function withAccount() {
  const world = await withPage()
  return { ...world, shown: await page(world.story, world.successPath) }
}

const statusOf = async ({ guest, order }: Awaited<ReturnType<typeof withPage>>) =>
  (await guest.get<PaymentStatusBody>(`/orders/${order.order_id}/payment-status`)).body

describe('paying by a virtual account', () => {
  it("leads to the provider's page first", async () => {
    const { opened, story, order } = await withPage()
    expect(order.payment_required).toBe(true)
    expect(opened.status).toBe(303)
    expect(opened.headers.get('location')).toBe(story.toss.sandbox.payments(1)[0]?.checkout.url)
  })

  it('then shows where to transfer the money to, how much, and until when', async () => {
    const { shown, accountNo } = await withAccount()
    expect(shown.status).toBe(200)
    for (const words of ['Waiting for your transfer', '우리은행', accountNo(), '김손님', '₩18,500'])
      expect(shown.text).toContain(words)
    // The order waits two hours, the bank a week.
    expect(shown.text).toContain('datetime="2026-11-20T05:00:00.000Z"')
    expect(shown.text).toContain('2:00')
    expect(shown.text).not.toContain('supertoss')
    expect(shown.text).toMatch(/<a href="\/t\/[\w-]{36}">/)
  })

  it('shows the same by the pay link and when loaded again, in Korean too', async () => {
    const { story, order, successPath, shown } = await withAccount()
    const again = await page(story, successPath)
    const linked = await page(story, pathOf(order.payment_url))
    expect(again.text).toBe(shown.text)
    expect(linked.text).toBe(shown.text)
    const korean = await page(story, pathOf(order.payment_url), 'ko')
    expect(korean.text).toContain('입금을 기다리고 있습니다')
    expect(story.toss.sandbox.payments(10)).toHaveLength(1)
  })

  it('reads without a script; the one it has is allowed by its digest alone', async () => {
    const { shown, accountNo } = await withAccount()
    const script = /<script>([\s\S]*?)<\/script>/.exec(shown.text)?.[1] ?? ''
    const bytes = new TextEncoder().encode(script)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const policy = shown.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`script-src 'sha256-${btoa(String.fromCharCode(...digest))}'`)
    expect(policy).toContain("default-src 'none'")
    expect(shown.text.match(/<script/g)).toHaveLength(1)
    expect(shown.text).toContain(`<span>${accountNo()}</span`)
    for (const button of shown.text.match(/<button[^>]*>/g) ?? [])
      expect(button).toContain('hidden')
    expect(shown.text).toContain(`data-copy="${accountNo()}"`)
    expect(shown.text).toContain('data-copy="18500"')
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(shown.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('keeps the order until the money should be there, and shows it as paid then', async () => {
    const world = await withAccount()
    const { story, order, guest, paymentKey } = world
    await story.settle()
    await story.passes(90 * MINUTE)
    expect((await guest.get<OrderBody>(`/orders/${order.order_id}`)).body.status).toBe('PENDING')
    story.toss.sandbox.desk.act(paymentKey, 'deposit')
    await story.settle()
    expect(await statusOf(world)).toMatchObject({ payment_status: 'PAID', captured_amount: 18_500 })
    const paid = await page(story, pathOf(order.payment_url))
    expect(paid.text).toContain('Payment complete')
    expect((await page(story, world.successPath)).text).toContain('Payment complete')
  })

  it('says that an order which nobody paid is over, and closes the account', async () => {
    const { story, order, paymentKey } = await withAccount()
    await story.settle()
    await story.passes(120 * MINUTE)
    await story.passes(MINUTE)
    const over = await page(story, pathOf(order.payment_url))
    expect(over.status).toBe(409)
    expect(over.text).toContain('This order is over')
    expect(over.text).not.toContain('Pay again')
    expect(story.toss.sandbox.find(paymentKey)?.status).toBe('CANCELED')
  })

  it('tells the same over the API', async () => {
    const { story, guest, order, confirmation, accountNo, ...world } = await withPage()
    const confirmed = await guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    const account = {
      bank: '우리은행',
      account_no: accountNo(),
      holder: '김손님',
      expires_at: '2026-11-20T05:00:00.000Z',
    }
    expect(confirmed.status).toBe(200)
    expect(confirmed.body).toMatchObject({
      payment_status: 'WAITING_FOR_DEPOSIT',
      account,
      order_payment_status: 'PENDING',
      order_status: 'PENDING',
    })
    expect((await guest.post('/payments/confirm', confirmation)).body).toEqual(confirmed.body)
    const again = await guest.post<InitiatedBody>('/payments/initiate', {
      order_id: order.order_id,
      amount: 18_500,
      payment_method: 'VIRTUAL_ACCOUNT',
    })
    expect(again.body.payment_status).toBe('WAITING_FOR_DEPOSIT')
    const status = await statusOf({ story, guest, order, confirmation, accountNo, ...world })
    expect(status).toMatchObject({ attempts: 1, payments: [{ account }] })
    expect(JSON.stringify([confirmed.body, status])).not.toContain('ps_')
  })

  it('waits while nobody knows whether there is an account', async () => {
    const { story, successPath, order } = await withPage()
    story.toss.fault({ operation: 'confirm', fail_after: 'drop', times: 1 })
    const waiting = await page(story, successPath)
    expect(waiting.text).toContain('http-equiv="refresh"')
    await story.settle()
    await story.passes(MINUTE)
    expect((await page(story, successPath)).text).toContain('Waiting for your transfer')
    expect((await page(story, pathOf(order.payment_url))).text).toContain('우리은행')
  })
})

describe('what people must pay back', () => {
  it('is said on the page of an order that ended after its money came', async () => {
    const { story, place, order, paymentKey, ...world } = await withAccount()
    story.toss.sandbox.desk.act(paymentKey, 'deposit')
    await story.settle()
    await place.handle(place.staff, order, 'reject', { reason: '마감' })
    const { text } = await page(story, pathOf(order.payment_url))
    expect(text).toContain('The restaurant will pay you back')
    const status = await statusOf({ story, place, order, paymentKey, ...world })
    expect(status).toMatchObject({ payment_status: 'REFUND_DUE', refund_due_amount: 18_500 })
  })
})

describe('a deposit', () => {
  const DEPOSITS = {
    payment_methods: ['DEPOSIT'],
    deposit_account: { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' },
  }

  it("shows the restaurant's account, the name to send under, and the app", async () => {
    const { story, place, guest } = await atTable(DEPOSITS)
    const { body: order } = await place.place(guest, {
      payment_method: 'DEPOSIT',
      payer_name: '김<손>님',
    })
    const key = payLinkKey(story.env.LINK_SECRET, order.order_id)
    const { status, text } = await page(story, `/pay/${order.order_id}?k=${key}`)
    expect(status).toBe(200)
    for (const words of [
      '신한은행',
      '110-123-456789',
      '맛있는 치킨집',
      '김&lt;손&gt;님',
      '₩18,500',
    ])
      expect(text).toContain(words)
    expect(text).toContain('supertoss://send?amount=18500')
    expect(text).toContain('name exactly as below')
  })
})

describe('an order that points have paid a part of', () => {
  it('asks for the rest, and is paid with it', async () => {
    const { story, place, customer } = await withPoints(20_000)
    const order = await place.ordered(customer, { payment_method: 'CARD', points_amount: 8_000 })
    const key = payLinkKey(story.env.LINK_SECRET, order.order_id)
    const path = `/pay/${order.order_id}?k=${key}`
    expect((await page(story, path)).status).toBe(303)
    const atProvider = story.toss.sandbox.payments(1)[0]!
    expect(atProvider.totalAmount).toBe(10_500)
    const { successPath } = clickPay(story, { payment_key: atProvider.paymentKey })
    expect((await page(story, successPath)).text).toContain('Payment complete')
    expect((await page(story, path)).text).toContain('Payment complete')
  })
})
