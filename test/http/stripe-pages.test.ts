import { describe, expect, it, vi } from 'vitest'
import { atStripeTable } from '../support/stripe-orders.ts'
import { MINUTE, SECOND, type Story } from '../support/story.ts'

vi.setConfig({ testTimeout: 30_000 })

async function page(story: Story, url: string, language = 'en') {
  const { pathname, search } = new URL(url, 'http://x')
  const response = await story.ask(pathname + search, {
    headers: { 'accept-language': language },
    redirect: 'manual',
  })
  const { status, headers } = response
  return { status, headers, text: await response.text() }
}

/** From the order's link to the form. */
async function formOf(story: Story, paymentUrl: string | null, language = 'en') {
  const first = await page(story, paymentUrl ?? '')
  expect(first.status).toBe(303)
  return page(story, first.headers.get('location') ?? '', language)
}

const attribute = (text: string, name: string): string =>
  (new RegExp(`data-${name}="([^"]*)"`).exec(text)?.[1] ?? '').replaceAll('&amp;', '&')

async function atForm() {
  const world = await atStripeTable()
  const order = await world.ordered()
  const form = await formOf(world.story, order.payment_url)
  const [intent] = world.story.stripe.sandbox.intents()
  if (intent === undefined) throw new Error('no intent was made')
  const back = (id = intent.id) =>
    page(world.story, `${attribute(form.text, 'return')}&payment_intent=${id}&redirect_status=x`)
  return { ...world, order, form, intent, back }
}

describe("Stripe's form", () => {
  it('is where the pay link leads to, with the intent of the order', async () => {
    const { form, intent } = await atForm()
    expect(form.status).toBe(200)
    expect(attribute(form.text, 'secret')).toBe(intent.client_secret)
    expect(attribute(form.text, 'key')).toBe('pk_test_ours')
    expect(form.text).toContain('A001')
    expect(form.text).toContain('₩18,500')
  })

  it('is the same intent when it is opened again', async () => {
    const { story, order } = await atForm()
    await formOf(story, order.payment_url)
    expect(story.stripe.sandbox.intents()).toHaveLength(1)
  })

  it('runs the form and its own script, and lets nothing else in', async () => {
    const { form } = await atForm()
    const policy = form.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'nonce-${nonce ?? ''}' http://stripe.test`,
      'connect-src http://stripe.test',
      'frame-src http://stripe.test',
      "style-src 'unsafe-inline'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
    const scripts = [...form.text.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes)
    expect(scripts).toHaveLength(2)
    for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonce ?? ''}"`)
    expect(form.headers.get('cache-control')).toBe('no-store')
    expect(form.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('has another nonce every time', async () => {
    const { story, order, form } = await atForm()
    const again = await formOf(story, order.payment_url)
    const policyOf = ({ headers }: typeof again) => headers.get('content-security-policy')
    expect(policyOf(again)).not.toBe(policyOf(form))
  })

  it('speaks the language of the guest, to eyes and to screen readers', async () => {
    const { story, order, form } = await atForm()
    const korean = await formOf(story, order.payment_url, 'ko')
    expect(korean.text).toContain('<html lang="ko">')
    expect(korean.text).toContain('결제하기')
    expect(form.text).toContain('<html lang="en">')
    for (const text of [korean.text, form.text]) {
      expect(text).toMatch(/role="status"/)
      expect(text).toMatch(/role="alert"/)
      expect(text).toMatch(/<noscript>/)
    }
  })

  it("is nobody's without its key", async () => {
    const { story, order } = await atForm()
    for (const query of ['', '?k=', `?k=${'0'.repeat(32)}`]) {
      const { status, text } = await page(story, `/pay/${order.order_id}/stripe${query}`)
      expect(status).toBe(404)
      expect(text).not.toContain('A001')
    }
  })

  it('is over once the order is paid, or has ended', async () => {
    const { story, order, intent } = await atForm()
    const address = (await page(story, order.payment_url ?? '')).headers.get('location') ?? ''
    story.stripe.sandbox.pay(intent.id)
    await story.settle()
    expect((await page(story, address)).text).toContain('Payment complete')
    const other = await atForm()
    const at = (await page(other.story, other.order.payment_url ?? '')).headers.get('location')
    await other.story.passes(60 * MINUTE)
    expect((await page(other.story, at ?? '')).status).toBe(409)
  })
})

describe('coming back from the form', () => {
  it('takes the money and shows the order', async () => {
    const { story, intent, back, order, orderNow } = await atForm()
    story.stripe.sandbox.pay(intent.id)
    const { status, text } = await back()
    expect([status, text.includes('Payment complete')]).toEqual([200, true])
    expect((await orderNow(order)).payment_status).toBe('PAID')
    expect((await back()).text).toContain('Payment complete')
  })

  it('offers to pay again when the card was declined', async () => {
    const { story, intent, back } = await atForm()
    story.stripe.sandbox.pay(intent.id, 'pm_card_visa_chargeDeclined')
    const { status, text } = await back()
    expect(status).toBe(409)
    expect(text).toContain('/pay/')
    story.stripe.sandbox.pay(intent.id)
    expect((await back()).text).toContain('Payment complete')
  })

  it('waits, refreshing, while the bank is still at it', async () => {
    const { story, intent, back } = await atForm()
    story.stripe.sandbox.pay(intent.id, 'pm_usBankAccount')
    const { status, text } = await back()
    expect([status, text.includes('http-equiv="refresh"')]).toEqual([200, true])
    await story.passes(3 * SECOND)
    story.stripe.sandbox.process(intent.id, 'succeeds')
    await story.settle()
    // It has been asked about just now: two seconds later again.
    await story.passes(2 * SECOND)
    expect((await back()).text).toContain('Payment complete')
  })

  it.each([
    ['another intent', { payment_intent: 'pi_another' }],
    ['no intent', { payment_intent: '' }],
    ['another key', { k: '0'.repeat(32) }],
    ['no order', { order: 'x' }],
  ])('is unknown with %s', async (_, wrong: Record<string, string>) => {
    const { story, intent, form } = await atForm()
    story.stripe.sandbox.pay(intent.id)
    const url = new URL(attribute(form.text, 'return'))
    for (const [name, value] of Object.entries({ payment_intent: intent.id, ...wrong }))
      url.searchParams.set(name, value)
    expect((await page(story, url.href)).status).toBe(404)
  })
})
