import { describe, expect, it } from 'vitest'
import { createControl, type AppAnswer } from '../../sandbox/control.ts'
import { accountIn, paymentIn, tossWorld } from './world.ts'

function controlWorld() {
  const toss = tossWorld()
  const state = {
    offsetMs: 0,
    told: [] as [string, unknown][],
    /** Our offset when the app was told. */
    ours: [] as number[],
    app: { ok: true, answer: { heard: true } } as AppAnswer,
  }
  const control = createControl({
    mails: () => [],
    chats: () => [],
    sandbox: toss.sandbox,
    faults: toss.faults,
    now: () => toss.world.now + state.offsetMs,
    offsetMs: () => state.offsetMs,
    setOffsetMs: (offsetMs) => (state.offsetMs = offsetMs),
    webhooksWaiting: () => 0,
    app: (path, body) => {
      state.told.push([path, body])
      state.ours.push(state.offsetMs)
      return Promise.resolve(state.app)
    },
  })
  const ask = async (method: string, path: string, body?: unknown, headers = {}) => {
    const response = await control.fetch(
      new Request(`http://127.0.0.1:8788/control${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    return { status: response.status, body: await response.json<Record<string, unknown>>() }
  }
  return { toss, state, control, ask }
}

describe("the sandbox's controls", () => {
  it.each(['http://evil.test/control/state', 'http://10.0.0.7:8788/control/state'])(
    'answer nobody who came by %s',
    async (url) => {
      const { control } = controlWorld()
      expect((await control.fetch(new Request(url))).status).toBe(403)
    },
  )

  it('answer no page of another origin', async () => {
    const { ask } = controlWorld()
    const from = (origin: string) => ask('GET', '/state', undefined, { origin })
    expect((await from('https://evil.test')).status).toBe(403)
    expect((await from('http://localhost:8787')).status).toBe(200)
  })

  it('move both clocks by the same offset', async () => {
    const { ask, state } = controlWorld()
    await ask('POST', '/clock', { advance_seconds: 60 })
    await ask('POST', '/clock', { advance_seconds: 1.5 })
    expect(state.offsetMs).toBe(61_500)
    await ask('POST', '/clock', { reset: true })
    expect(state.offsetMs).toBe(0)
    expect(state.ours).toEqual([60_000, 61_500, 0])
    expect(state.told).toEqual([
      ['/__control/clock', { offset_ms: 60_000 }],
      ['/__control/clock', { offset_ms: 61_500 }],
      ['/__control/clock', { offset_ms: 0 }],
    ])
  })

  it('move neither clock when the app does not answer', async () => {
    const { ask, state } = controlWorld()
    state.app = { ok: false, problem: 'the app did not answer' }
    expect((await ask('POST', '/clock', { advance_seconds: 60 })).status).toBe(502)
    expect(state.offsetMs).toBe(0)
  })

  it('press the buttons of the checkout and say where the buyer goes', async () => {
    const { ask, toss } = controlWorld()
    const { paymentKey } = await paymentIn(toss, 'READY')
    const { body } = await ask('POST', `/payments/${paymentKey}/approve`)
    expect(body).toMatchObject({ payment_key: paymentKey, status: 'IN_PROGRESS' })
    expect(body['redirect_url']).toContain('http://shop.test/payment/success?')
    expect((await ask('POST', `/payments/${paymentKey}/fail`)).status).toBe(409)
    expect((await ask('POST', `/payments/${paymentKey}/eat`)).status).toBe(404)
    expect((await ask('POST', '/payments/tsbx000/approve')).status).toBe(404)
    expect((await ask('GET', '/payments')).body).toMatchObject({ payments: [{ paymentKey }] })
  })

  it('do what banks do, and the desk', async () => {
    const { ask, toss } = controlWorld()
    const { paymentKey } = await accountIn(toss, 'WAITING_FOR_DEPOSIT')
    const act = (what: string, body?: unknown) =>
      ask('POST', `/payments/${paymentKey}/${what}`, body)
    expect((await act('deposit')).body).toEqual({ payment_key: paymentKey, status: 'DONE' })
    expect((await act('deposit')).status).toBe(409)
    expect((await act('refund', { amount: 3_000 })).body).toMatchObject({
      status: 'PARTIAL_CANCELED',
    })
    expect((await act('refund', { amount: 15_001 })).status).toBe(409)
    expect((await act('refund', { amount: 0 })).status).toBe(400)
    expect((await act('bounce')).status).toBe(409)
    expect((await ask('POST', '/payments/tsbx000/deposit')).status).toBe(404)
  })

  it('set, show and clear faults', async () => {
    const { ask } = controlWorld()
    const rule = { operation: 'confirm', fail_status: 503, times: 2 }
    expect((await ask('POST', '/faults', [rule, { twice: true }])).status).toBe(200)
    expect((await ask('GET', '/state')).body['faults']).toEqual([rule, { twice: true }])
    expect((await ask('DELETE', '/faults')).body).toEqual({ faults: [] })
  })

  it('send a webhook again as often as asked', async () => {
    const { ask, toss } = controlWorld()
    const { paymentKey } = await paymentIn(toss, 'READY')
    await ask('POST', '/webhook', { payment_key: paymentKey, times: 3 })
    expect(toss.world.webhooks).toHaveLength(3)
    expect((await ask('POST', '/webhook', { payment_key: 'tsbx000' })).status).toBe(404)
  })

  it("hand the app's own faults on", async () => {
    const { ask, state } = controlWorld()
    const faults = { lose_queue_messages: 2, d1_down: true, cut_after: null }
    expect((await ask('POST', '/app', faults)).body).toEqual({ app: { heard: true } })
    expect(state.told).toEqual([['/__control/faults', faults]])
  })

  it.each([
    ['/clock', { advance_seconds: -1 }],
    ['/clock', { set: 'tomorrow' }],
    ['/clock', {}],
    ['/faults', { fail_status: 200 }],
    ['/app', { d1_down: 'yes' }],
    ['/app', { explode: true }],
    ['/webhook', { times: 3 }],
  ])('refuse at %s what they do not understand: %o', async (path, body) => {
    const { ask, state } = controlWorld()
    expect((await ask('POST', path, body)).status).toBe(400)
    expect(state.told).toEqual([])
  })
})
