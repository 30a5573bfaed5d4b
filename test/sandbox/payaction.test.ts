import { describe, expect, it } from 'vitest'
import { createPayActionControl } from '../../sandbox/payaction/control.ts'
import { MALL, PAYACTION_URL, payActionWorld, type PayActionWorld } from './payaction-world.ts'

const HOUR = 3600_000
const order = {
  order_number: 'A'.repeat(22),
  order_amount: 18_000,
  order_date: '2026-11-20T12:30:00+09:00',
  billing_name: '김민수',
  orderer_name: '김민수',
  auto_cancel_date: '2026-11-20T14:30:00+09:00',
}
const credentials = { 'x-api-key': MALL.apiKey, 'x-mall-id': MALL.mallId }

const post = async (
  { sandbox }: PayActionWorld,
  path: string,
  body: unknown,
  headers: Record<string, string> = credentials,
) => {
  const response = await sandbox.fetch(
    new Request(PAYACTION_URL + path, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
  return { status: response.status, body: await response.json<Record<string, unknown>>() }
}
const registered = async () => {
  const payAction = payActionWorld()
  expect((await post(payAction, '/order', order)).body).toMatchObject({ status: 'success' })
  return payAction
}
const transfer = { name: '김민수', amount: 18_000, feed: null }

describe('PayAction as the sandbox plays it', () => {
  it('tells of a matching transfer with its two keys, a mark, and three fields', async () => {
    const { sandbox, world } = await registered()
    expect(sandbox.transfer(transfer).orderNumber).toBe(order.order_number)
    const [{ body: delivery, delayMs }] = world.webhooks as [(typeof world.webhooks)[0]]
    expect(delayMs).toBe(0)
    expect(delivery.restaurantId).toBeNull()
    expect(delivery.headers).toMatchObject({
      'x-webhook-key': MALL.webhookKey,
      'x-mall-id': MALL.mallId,
    })
    expect(delivery.headers['x-trace-id']).toMatch(/^[0-9a-f]{16}$/)
    expect(delivery.body).toEqual({
      order_number: order.order_number,
      order_status: '매칭완료',
      processing_date: '2026-11-20T12:30:00+09:00',
    })
  })

  it.each([
    ['another sum', { ...transfer, amount: 17_999 }],
    ['another name', { ...transfer, name: '이영희' }],
  ])('matches no transfer of %s', async (_, wish) => {
    const { sandbox, world } = await registered()
    expect(sandbox.transfer(wish).orderNumber).toBeNull()
    expect(world.webhooks).toEqual([])
  })

  it('matches neither of two orders that look the same', async () => {
    const payAction = await registered()
    await post(payAction, '/order', { ...order, order_number: 'B'.repeat(22) })
    expect(payAction.sandbox.transfer(transfer).orderNumber).toBeNull()
  })

  it('waits no longer than it was told to, nor for what was taken back', async () => {
    const late = await registered()
    late.world.now += 2 * HOUR
    expect(late.sandbox.transfer(transfer).orderNumber).toBeNull()
    for (const path of [`/orders/${order.order_number}/cancel`, '/order-exclude']) {
      const payAction = await registered()
      await post(payAction, path, { order_number: order.order_number })
      expect(payAction.sandbox.transfer(transfer).orderNumber).toBeNull()
    }
  })

  it.each([
    ['without keys', order, {}, 401],
    [
      'with a clock nine hours off',
      { ...order, order_date: '2026-11-20T03:30:00+09:00' },
      credentials,
      400,
    ],
    ['without a name', { ...order, billing_name: '' }, credentials, 400],
    [
      'with a number that is too long',
      { ...order, order_number: 'A'.repeat(23) },
      credentials,
      400,
    ],
  ])('takes no order %s', async (_, body, headers, status) => {
    const refused = await post(payActionWorld(), '/order', body, headers)
    expect([refused.status, refused.body['status']]).toEqual([status, 'error'])
  })

  it('takes a number once', async () => {
    expect((await post(await registered(), '/order', order)).status).toBe(400)
  })

  it("tells of any transfer to whoever takes the account's feed", async () => {
    const { sandbox, world } = await registered()
    const feed = '018f3a4e-0000-8000-8000-9c1d2e3f4a5b'
    sandbox.transfer({ name: '이영희', amount: 500, feed })
    expect(world.webhooks).toMatchObject([
      {
        body: {
          restaurantId: feed,
          body: { transaction_type: 'deposited', transaction_name: '이영희', amount: 500 },
        },
      },
    ])
  })

  it.each([
    [{ twice: true }, [0, 0]],
    [{ lose_webhook: true }, []],
    [{ late_webhook_ms: 60_000 }, [60_000]],
  ])('has webhooks with faults: %o', async (fault, delays) => {
    const { sandbox, world, fault: add } = await registered()
    add({ ...fault, times: 1 })
    sandbox.transfer(transfer)
    expect(world.webhooks.map(({ delayMs }) => delayMs)).toEqual(delays)
  })

  it.each([
    [{ fail_status: 503 }, 503, 0],
    [{ fail_after: 500 }, 500, 1],
    [{ error: '사용할 수 없습니다.' }, 400, 0],
    [{ slow_ms: 5_000 }, 200, 1],
  ])('has calls with faults: %o', async (fault, status, orders) => {
    const payAction = payActionWorld()
    payAction.fault({ ...fault, operation: 'order', times: 1 })
    expect((await post(payAction, '/order', order)).status).toBe(status)
    expect(payAction.store.orders(10)).toHaveLength(orders)
    expect(payAction.faults.list()).toEqual([])
  })
})

describe('the page of the bank', () => {
  it('transfers what the form says and shows what came, without running anything', async () => {
    const payAction = await registered()
    const name = '<script>김</script>'
    const response = await payAction.sandbox.fetch(
      new Request(`${PAYACTION_URL}/bank`, {
        method: 'POST',
        body: new URLSearchParams({ name, amount: '700', feed: '' }),
      }),
    )
    const page = await response.text()
    expect(page).not.toContain('<script')
    expect(page).toContain('700원')
    expect(payAction.store.transfers(1)).toMatchObject([{ name, amount: 700 }])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe("PayAction's controls", () => {
  const controlled = async () => {
    const payAction = await registered()
    const control = createPayActionControl(payAction)
    const ask = async (method: string, path: string, body?: unknown, headers = {}) => {
      const response = await control.fetch(
        new Request(`http://127.0.0.1:8788/control/payaction${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
      return { status: response.status, body: await response.json<Record<string, unknown>>() }
    }
    return { payAction, ask }
  }

  it('have somebody transfer money, and tell of it again', async () => {
    const { payAction, ask } = await controlled()
    const made = await ask('POST', '/transfer', { name: '김민수', amount: 18_000 })
    expect(made).toMatchObject({ status: 201, body: { order_number: order.order_number } })
    expect((await ask('POST', '/matched', { order_number: order.order_number })).status).toBe(202)
    expect(payAction.world.webhooks).toHaveLength(2)
    expect((await ask('GET', '/state')).body).toMatchObject({
      orders: [{ state: 'MATCHED' }],
      transfers: [{ amount: 18_000 }],
    })
  })

  it('set faults and take them away', async () => {
    const { ask } = await controlled()
    const faults = [{ twice: true }, { operation: 'cancel', fail_status: 500 }]
    expect((await ask('POST', '/faults', faults)).body).toEqual({ faults })
    expect((await ask('DELETE', '/faults')).body).toEqual({ faults: [] })
  })

  it.each([
    ['/transfer', { name: '', amount: 5 }, 400],
    ['/transfer', { name: '김민수', amount: 0 }, 400],
    ['/faults', { times: 2 }, 400],
    ['/faults', { twice: true, slow_ms: 5 }, 400],
    ['/matched', { order_number: 'none' }, 404],
    ['/elsewhere', {}, 404],
  ])('refuse at %s: %o', async (path, body, status) => {
    const { ask } = await controlled()
    expect((await ask('POST', path, body)).status).toBe(status)
  })

  it('answer this machine alone', async () => {
    const { ask } = await controlled()
    const stranger = { origin: 'https://evil.test' }
    expect((await ask('GET', '/state', undefined, stranger)).status).toBe(403)
  })
})
