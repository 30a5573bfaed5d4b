import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signatureOf } from '../../examples/partner.ts'
import { behindTheProxy } from './behind-proxy.ts'
import { addPartner, openRestaurant, startServer, type Served } from './served.ts'

interface Pulled {
  events: { id: string; attempt: number }[]
  lease_id: string | null
}

/** A partner's calls, signed, to a started server. */
function callerOf({ origin }: Served, { clientId, secret }: { clientId: string; secret: string }) {
  const signed = (method: 'GET' | 'POST', path: string, body = '') => {
    const target = `/api/v1/integrations/events/${path}`
    const [timestamp, nonce] = [String(Math.floor(Date.now() / 1_000)), randomUUID()]
    const headers = {
      ...{ 'x-client-id': clientId, 'x-timestamp': timestamp, 'x-nonce': nonce },
      'x-signature': signatureOf(secret, { timestamp, nonce, method, path: target, body }),
    }
    return { target, headers }
  }
  async function call(method: 'GET' | 'POST', path: string, given?: object): Promise<Pulled> {
    const body = given && JSON.stringify(given)
    const { target, headers } = signed(method, path, body)
    const answer = await fetch(`${origin}${target}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body }),
    })
    return (await answer.json()) as Pulled
  }
  /** Calls, and breaks the connection before there is an answer. */
  async function hangUp(from: string, path: string, afterMs: number): Promise<void> {
    const { target, headers } = signed('GET', path)
    const { hostname, port, host } = new URL(from)
    const socket = connect(Number(port), hostname)
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`)
    socket.write([`GET ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    let answered = ''
    socket.on('data', (data) => (answered += data.toString()))
    await pause(afterMs)
    socket.resetAndDestroy()
    expect(answered).toBe('')
  }
  return { call, hangUp }
}

// Elsewhere nothing tells where the Worker is reached without the proxy.
describe.runIf(existsSync('/proc/net/tcp'))('a partner that hangs up while it waits', () => {
  let server: Served
  beforeAll(async () => {
    server = await startServer()
  }, 180_000)
  afterAll(() => server.stop())

  it('is handed nothing: who calls next gets the event, for the first time', async () => {
    const restaurant = await openRestaurant(server.api, `hanging-up-${randomUUID()}`)
    const { call, hangUp } = callerOf(server, await addPartner(server))
    const take = async (path: string) => {
      const pulled = await call('GET', path)
      const ids = pulled.events.map(({ id }) => id)
      if (pulled.lease_id) await call('POST', 'ack', { lease_id: pulled.lease_id, event_ids: ids })
      return pulled.events
    }
    await restaurant.placeOrder()
    expect((await take('pull?wait=20')).length).toBeGreaterThan(0)
    while ((await take('pull?wait=2')).length > 0);
    await hangUp(await behindTheProxy(server), 'pull?wait=25', 1_000)
    await restaurant.placeOrder()
    // Time enough for the call that was given up, if it still ran.
    await pause(2_000)
    const events = await take('pull?wait=5')
    expect(events.length).toBeGreaterThan(0)
    expect(events.every(({ attempt }) => attempt === 1)).toBe(true)
  }, 60_000)
})
