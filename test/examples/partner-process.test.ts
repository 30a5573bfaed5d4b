import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PartnerEvent } from '../../examples/partner.ts'
import { addPartner, openRestaurant, startServer, type Served } from './served.ts'
import { startProxy, type Fate } from './tampering-proxy.ts'

const ORDERS = 200
const AT_ONCE = 10
/** The acknowledgement that the consumer is killed over; the third says again what the second said. */
const CUT_AT = 4
const LEASE_MS = 60_000
const PATIENCE = { timeout: 120_000, interval: 50 }
const PROGRAM = join(import.meta.dirname, '..', '..', 'examples', 'partner.ts')

let served: Served
let file: string
beforeAll(async () => {
  served = await startServer()
  file = join(served.folder, 'events.jsonl')
}, 240_000)
afterAll(() => served.stop(), 30_000)

const consumers: ChildProcess[] = []
/** What they complained of, for whoever has to find out why. */
const said: string[] = []
afterAll(() => {
  for (const consumer of consumers) consumer.kill('SIGKILL')
})

function startConsumer(
  origin: string,
  { clientId, secret }: Record<'clientId' | 'secret', string>,
) {
  const consumer = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ORDERSYNC_URL: origin,
      ORDERSYNC_CLIENT_ID: clientId,
      ORDERSYNC_CLIENT_SECRET: secret,
      EVENTS_FILE: file,
    },
  })
  consumer.stderr.on('data', (text: Buffer) => said.push(text.toString()))
  consumers.push(consumer)
  return consumer
}

async function end(consumer: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<unknown> {
  const ended = once(consumer, 'exit')
  consumer.kill(signal)
  const [code] = (await ended) as [number | null]
  return code
}

/** Whole lines; the last one may be half written. */
function handled(): PartnerEvent[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PartnerEvent)
}

const orderOf = ({ data }: PartnerEvent): string => (data['order'] as { order_id: string }).order_id

describe('the example of a partner against a started server', () => {
  it(
    'handles every event once in effect, in each restaurant in order, killed in the middle and with lost answers',
    { timeout: 480_000 },
    async () => {
      const partner = await addPartner(served)
      const restaurants = [
        await openRestaurant(served.api, 'noodles'),
        await openRestaurant(served.api, 'chicken'),
      ]
      let acks = 0
      let offline = false
      /** Handled by the consumer that is killed, and nobody heard of it. */
      const unheard = new Set<string>()
      const acked = new Set<string>()
      const fateOf = (path: string, body: string): Fate => {
        if (!path.endsWith('/ack')) return offline ? 'lost' : 'passes'
        const { event_ids: ids } = JSON.parse(body) as { event_ids: string[] }
        acks += 1
        if (acks === CUT_AT) offline = true
        for (const id of ids)
          if (!offline) acked.add(id)
          else if (!acked.has(id)) unheard.add(id)
        if (offline) return 'lost'
        return acks % 3 === 2 ? 'answer lost' : 'passes'
      }
      const proxy = await startProxy(served.origin, fateOf)
      const placed: string[] = []
      const place = async (worker: number) => {
        while (placed.length < ORDERS) {
          const at = placed.push('') - 1
          placed[at] = await restaurants[worker % 2]!.placeOrder()
        }
      }
      const placing = Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => place(worker)))
      const first = startConsumer(proxy.origin, partner)
      await vi.waitFor(() => expect({ offline, said }).toEqual({ offline: true, said }), PATIENCE)
      await end(first, 'SIGKILL')
      offline = false
      await served.setClock(LEASE_MS + 1_000)
      const second = startConsumer(proxy.origin, partner)
      await placing
      const newOrders = () => handled().filter(({ type }) => type === 'NEW_ORDER')
      await vi.waitFor(() => {
        expect(newOrders().length).toBeGreaterThanOrEqual(ORDERS)
        expect(handled().filter(({ id }) => !acked.has(id))).toEqual([])
      }, PATIENCE)
      const code = await end(second, 'SIGTERM')
      proxy.close()

      expect(code).toBe(0)
      expect(unheard.size).toBeGreaterThan(0)
      expect(newOrders().map(orderOf).sort()).toEqual(placed.sort())
      const ids = handled().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const { id } of restaurants) {
        const own = handled().filter(({ restaurant_id: of }) => of === id)
        const seqs = own.map(({ seq }) => seq)
        expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
      }
    },
  )
})
