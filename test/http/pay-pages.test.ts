import { describe, expect, it } from 'vitest'
import { atTable, clickPay, type OrderBody } from '../support/story-restaurant.ts'
import { MINUTE, SECOND, type Story } from '../support/story.ts'

async function page(story: Story, path: string, language = 'en') {
  const response = await story.ask(path, {
    headers: { 'accept-language': language },
    redirect: 'manual',
  })
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  }
}

const pathOf = (url: string | null): string => {
  const { pathname, search } = new URL(url ?? '')
  return pathname + search
}

const openedAt = (story: Story) => story.toss.sandbox.payments(1)[0]!

/** Back to the table's page leads every order of a table; to another payment only one that can be paid. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => href)

describe('the pay link', () => {
  it("opens a payment and leads to the provider's page", async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const { status, headers } = await page(story, pathOf(order.payment_url))
    expect(status).toBe(303)
    expect(headers.get('location')).toBe(openedAt(story).checkout.url)
  })

  it('leads to the same page again', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const first = await page(story, pathOf(order.payment_url))
    const second = await page(story, pathOf(order.payment_url))
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect(story.toss.sandbox.payments(10)).toHaveLength(1)
  })

  it("is nobody's without its key", async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const other = await place.ordered(guest)
    const otherKey = new URL(other.payment_url ?? '').searchParams.get('k')
    for (const path of [
      `/pay/${order.order_id}`,
      `/pay/${order.order_id}?k=`,
      `/pay/${order.order_id}?k=${'0'.repeat(32)}`,
      `/pay/${order.order_id}?k=${otherKey}`,
      '/pay/nonsense?k=nonsense',
    ]) {
      const { status, text } = await page(story, path)
      expect(status).toBe(404)
      expect(text).toContain('not valid')
      expect(text).not.toContain('A001')
    }
    expect(story.toss.sandbox.payments(10)).toEqual([])
  })

  it('shows a paid order as paid', async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const { status, text } = await page(story, pathOf(order.payment_url))
    expect(status).toBe(200)
    expect(text).toContain('Payment complete')
  })

  it('says that an order is over, and offers no payment', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    await guest.post(`/orders/${order.order_id}/cancel`)
    const { status, text } = await page(story, pathOf(order.payment_url))
    expect(status).toBe(409)
    expect(text).toContain('You were not charged')
    expect(linksOf(text)).toEqual([expect.stringMatching(/^\/t\//)])
    expect(text).not.toMatch(/pay again/i)
  })

  it.each([
    ['told', {}],
    ['not told', { lose_webhook: true }],
  ])("leads to a new page when the provider's is over and we were %s", async (_, fault) => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const first = await page(story, pathOf(order.payment_url))
    if ('lose_webhook' in fault) story.toss.fault(fault)
    await story.passes(31 * MINUTE)
    const second = await page(story, pathOf(order.payment_url))
    expect(second.status).toBe(303)
    expect(second.headers.get('location')).not.toBe(first.headers.get('location'))
    const { paymentKey } = openedAt(story)
    const { successPath } = clickPay(story, { payment_key: paymentKey })
    expect((await page(story, successPath)).text).toContain('Payment complete')
  })

  it('waits with the guest while the provider does not answer', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    story.toss.fault({ operation: 'open', fail_status: 503, times: 1 })
    const waiting = await page(story, pathOf(order.payment_url))
    expect(waiting.status).toBe(200)
    expect(waiting.text).toContain('http-equiv="refresh"')
    expect((await page(story, pathOf(order.payment_url))).status).toBe(303)
  })
})

describe('the page of success', () => {
  it('confirms the payment and shows the order', async () => {
    const { story, place, guest } = await atTable()
    const { order, successPath } = await place.authenticated(guest)
    const { status, headers, text } = await page(story, successPath)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    expect(text).toContain('<html lang="en">')
    expect(text).toContain('Payment complete')
    expect(text).toContain('A001')
    expect(text).toContain('₩18,500')
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.payment_status).toBe('PAID')
  })

  it('shows the same when it is loaded again', async () => {
    const { story, place, guest } = await atTable()
    const { successPath } = await place.authenticated(guest)
    const first = await page(story, successPath)
    const second = await page(story, successPath)
    expect(second).toMatchObject({ status: 200, text: first.text })
  })

  it('speaks the language of the browser', async () => {
    const { story, place, guest } = await atTable()
    const { successPath } = await place.authenticated(guest)
    expect((await page(story, successPath, 'ko-KR')).text).toContain('결제가 완료되었습니다')
    expect((await page(story, successPath, 'fr')).text).toContain('<html lang="ko">')
    expect((await page(story, successPath, 'en-GB, ko;q=0.5')).text).toContain('Payment complete')
  })

  it('runs no script, loads nothing, is kept nowhere and tells nobody its address', async () => {
    const { story, place, guest } = await atTable()
    const { successPath } = await place.authenticated(guest)
    const { headers, text } = await page(story, successPath)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('script-src')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(text).not.toContain('<script')
    expect(text).not.toMatch(/src=|@import|url\(/)
  })

  it('confirms nothing of an address that was changed', async () => {
    const { story, place, guest } = await atTable()
    const { order, successPath } = await place.authenticated(guest)
    const cheap = successPath.replace('amount=18500', 'amount=100')
    expect((await page(story, cheap)).status).toBe(400)
    const strange = successPath.replace(/paymentKey=\w+/, 'paymentKey=other')
    const { status, text } = await page(story, strange)
    expect(status).toBe(404)
    expect(text).not.toContain('A001')
    for (const path of ['/payment/success', '/payment/success?paymentKey=x&orderId=y&amount=z'])
      expect((await page(story, path)).status).toBe(404)
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.payment_status).toBe('PENDING')
  })

  it('tells nothing of an order to who does not know the payment key', async () => {
    const { story, place, guest } = await atTable()
    const { confirmation } = await place.authenticated(guest)
    const guessed = `/payment/success?paymentKey=guessed&orderId=${confirmation.orderId}&amount=1`
    const { status, text } = await page(story, guessed)
    expect(status).toBe(404)
    expect(text).not.toContain('A001')
    expect(text).not.toContain('18,500')
  })

  it('waits while nobody knows yet, and shows the payment when it is known', async () => {
    const { story, place, guest } = await atTable()
    const { successPath } = await place.authenticated(guest)
    story.toss.fault({ operation: 'confirm', fail_after: 500, times: 1 })
    story.toss.fault({ lose_webhook: true })
    const waiting = await page(story, successPath)
    expect(waiting.status).toBe(200)
    expect(waiting.text).toContain('Checking your payment')
    expect(waiting.text).toContain('http-equiv="refresh"')
    expect(waiting.text).toContain('A001')
    const still = await page(story, successPath)
    expect(still.text).toContain('Checking your payment')
    await story.passes(40 * SECOND)
    expect((await page(story, successPath)).text).toContain('Payment complete')
  })

  it('offers to pay again after a declined card', async () => {
    const { story, place, guest } = await atTable()
    const { order, successPath } = await place.authenticated(guest)
    story.toss.fault({ operation: 'confirm', reject: 'REJECT_CARD_COMPANY', times: 1 })
    const declined = await page(story, successPath)
    expect(declined.status).toBe(409)
    expect(declined.text).toContain('did not go through')
    const again = /<a href="([^"]+)"/.exec(declined.text)?.[1] ?? ''
    expect(again).toBe(order.payment_url)
    const opened = await page(story, pathOf(again))
    expect(opened.status).toBe(303)
    const second = clickPay(story, { payment_key: openedAt(story).paymentKey })
    expect((await page(story, second.successPath)).text).toContain('Payment complete')
  })

  it('says that the money of an order which has ended is on its way back', async () => {
    const { story, place, guest } = await atTable()
    const { order, successPath } = await place.authenticated(guest)
    await page(story, successPath)
    await place.handle(place.staff, order, 'reject', { reason: '마감' })
    const { status, text } = await page(story, successPath)
    expect(status).toBe(200)
    expect(text).toContain('you are being refunded')
  })
})

describe('the page of failure', () => {
  const failPath = (story: Story) => {
    const { paymentKey } = openedAt(story)
    return (action: 'fail' | 'cancel') => {
      const clicked = story.toss.sandbox.click(paymentKey, action)
      if (clicked.kind !== 'redirect') throw new Error(clicked.kind)
      return pathOf(clicked.to)
    }
  }

  it.each(['fail', 'cancel'] as const)('offers to pay again after "%s"', async (action) => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    await place.initiated(guest, order)
    const { status, text } = await page(story, failPath(story)(action))
    expect(status).toBe(200)
    expect(text).toContain('did not go through')
    expect(text).toContain('A001')
    expect(text).toContain(`href="${order.payment_url}"`)
    await story.settle()
    expect((await page(story, pathOf(order.payment_url))).status).toBe(303)
  })

  it("shows the provider's words, and nothing in them is markup", async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    await place.initiated(guest, order)
    const path = new URL(failPath(story)('cancel'), 'http://x')
    const evil = `<script>alert("1")</script><img src=x onerror='alert(1)'>&`
    path.searchParams.set('message', evil)
    const { text } = await page(story, path.pathname + path.search)
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
    expect(text).not.toContain('<script')
    expect(text).not.toContain('<img')
  })

  it('stands without what is too long or missing', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    await place.initiated(guest, order)
    const path = new URL(failPath(story)('cancel'), 'http://x')
    path.searchParams.set('message', 'x'.repeat(501))
    const { status, text } = await page(story, path.pathname + path.search)
    expect(status).toBe(200)
    expect(text).not.toContain('xxx')
    path.searchParams.delete('message')
    expect((await page(story, path.pathname + path.search)).status).toBe(200)
  })

  it("tells nothing, not even the given words, without the order's key", async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    for (const path of [
      '/payment/fail',
      `/payment/fail?order=${order.order_id}&message=words`,
      `/payment/fail?order=${order.order_id}&k=wrong&message=words`,
    ]) {
      const { status, text } = await page(story, path)
      expect(status).toBe(404)
      expect(text).not.toContain('A001')
      expect(text).not.toContain('words')
    }
  })

  it('says paid when another tab has paid meanwhile', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const first = await place.initiated(guest, order)
    const failed = failPath(story)('fail')
    await story.settle()
    const firstBack = new URL('http://x/payment/success')
    const { payment_key: paymentKey, payment_id: orderId } = first
    firstBack.search = new URLSearchParams({ paymentKey, orderId, amount: '18500' }).toString()
    const second = clickPay(story, await place.initiated(guest, order))
    await page(story, second.successPath)
    for (const path of [failed, firstBack.pathname + firstBack.search]) {
      const { status, text } = await page(story, path)
      expect(status).toBe(200)
      expect(text).toContain('Payment complete')
      expect(linksOf(text)).toEqual([expect.stringMatching(/^\/t\//)])
    }
  })

  it('offers nothing once the order is over', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    await place.initiated(guest, order)
    const path = failPath(story)('cancel')
    await guest.post(`/orders/${order.order_id}/cancel`)
    const { text } = await page(story, path)
    expect(linksOf(text)).toEqual([expect.stringMatching(/^\/t\//)])
  })
})
