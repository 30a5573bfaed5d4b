import { describe, expect, it } from 'vitest'
import {
  createMemoryReceived,
  createReceiverFaults,
  createReceivers,
  createReceiversControl,
  sufferFault,
  type ReceiverFault,
} from '../../sandbox/receivers/receivers.ts'

const ORIGIN = 'http://127.0.0.1:8788'
const posted = (path: string, headers: Record<string, string> = {}) =>
  new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: '{"type":"NEW_ORDER"}' })

function world() {
  const store = createMemoryReceived()
  const saved: (readonly ReceiverFault[])[] = []
  const faults = createReceiverFaults([], (all) => saved.push(all))
  const waited: number[] = []
  const suffer = (path: string) =>
    sufferFault(faults, path, (ms) => {
      waited.push(ms)
      return Promise.resolve()
    })
  const receivers = createReceivers(store, () => 0)
  const control = createReceiversControl(store, faults)
  return { store, saved, faults, waited, suffer, receivers, control }
}

describe('the receivers of the sandbox', () => {
  it('keep what came to a partner, with its signature and without what identifies us', async () => {
    const { receivers, control } = world()
    const headers = { 'webhook-id': 'event', authorization: 'Bearer key' }
    expect((await receivers.fetch(posted('/partner/orders', headers))).status).toBe(204)
    const shown = await control.fetch(new Request(`${ORIGIN}/control/receivers`))
    expect(await shown.json()).toMatchObject({
      received: [{ path: '/partner/orders', body: { type: 'NEW_ORDER' } }],
    })
  })

  it('ask for a key at the data platform', async () => {
    const { receivers, store } = world()
    expect((await receivers.fetch(posted('/platform/lines'))).status).toBe(401)
    const keyed = posted('/platform/lines', {
      authorization: 'Bearer key',
      'idempotency-key': 'id',
    })
    expect((await receivers.fetch(keyed)).status).toBe(204)
    expect(store.list(10).map(({ headers }) => headers['idempotency-key'])).toEqual(['id'])
  })

  it('fail as often as they are told to, on the paths they are told to', async () => {
    const { faults, suffer, waited, saved } = world()
    faults.add({ path: '/partner/', times: 2, status: 429, retry_after: '30', slow_ms: 9_000 })
    expect(await suffer('/platform/lines')).toBeNull()
    for (let n = 0; n < 2; n += 1) {
      const answer = await suffer('/partner/orders')
      expect([answer?.status, answer?.headers.get('retry-after')]).toEqual([429, '30'])
    }
    expect(await suffer('/partner/orders')).toBeNull()
    expect([waited, saved.at(-1)]).toEqual([[9_000, 9_000], []])
  })

  it('are controlled from this machine alone, and by nothing that is no fault', async () => {
    const { control, faults } = world()
    const ask = (origin: string, body: unknown) =>
      control.fetch(
        new Request(`${origin}/control/receivers/faults`, {
          method: 'POST',
          body: JSON.stringify(body),
        }),
      )
    expect((await ask('http://sandbox.example', { status: 410 })).status).toBe(403)
    expect((await ask(ORIGIN, { status: 200 })).status).toBe(400)
    expect((await ask(ORIGIN, [{ status: 410 }, { slow_ms: 5 }])).status).toBe(200)
    expect(faults.list()).toEqual([{ status: 410 }, { slow_ms: 5 }])
  })
})
