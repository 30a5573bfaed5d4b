import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { signatureOf, type PartnerEvent } from '../../examples/partner.ts'

export interface Partner {
  clientId: string
  secret: string
}

/** One batch taken and settled; the ids of the orders or rows in it, none when there was nothing. */
export type Take = () => Promise<{ events: number; ids: readonly string[] }>

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
  return JSON.parse((await answer.text()) || 'null') as T
}

const EVENTS = '/api/v1/integrations/events'

interface Pulled {
  events: PartnerEvent[]
  lease_id: string | null
}

const newOrderOf = ({ type, data }: PartnerEvent): string[] =>
  type === 'NEW_ORDER' ? [(data['order'] as { order_id: string }).order_id] : []

/** Signed pull, signed acknowledgement. */
export function takeFromFeed(origin: string, { clientId, secret }: Partner, waitS: number): Take {
  const call = async <T>(method: string, path: string, body = ''): Promise<T> => {
    const signed = { timestamp: String(Math.floor(Date.now() / 1_000)), nonce: randomUUID() }
    const headers = {
      'content-type': 'application/json',
      'x-client-id': clientId,
      'x-timestamp': signed.timestamp,
      'x-nonce': signed.nonce,
      'x-signature': signatureOf(secret, { ...signed, method, path, body }),
    }
    return read(await fetch(origin + path, { method, headers, ...(body !== '' && { body }) }))
  }
  return async () => {
    const path = `${EVENTS}/pull?max=100&wait=${waitS}`
    const { events, lease_id } = await call<Pulled>('GET', path)
    const event_ids = events.map(({ id }) => id)
    if (event_ids.length > 0)
      await call('POST', `${EVENTS}/ack`, JSON.stringify({ lease_id, event_ids }))
    return { events: events.length, ids: events.flatMap(newOrderOf) }
  }
}

const EMPTY_PAUSE_MS = 5

/** Bare read, bare delete. */
export function takeFromFloor(origin: string): Take {
  return async () => {
    const answer = await fetch(`${origin}/floor/feed`)
    const { events } = await read<{ events: { n: number; id: string }[] }>(answer)
    if (events.length === 0) await wait(EMPTY_PAUSE_MS)
    else {
      const body = JSON.stringify(events.map(({ n }) => n))
      await read(await fetch(`${origin}/floor/feed/taken`, { method: 'POST', body }))
    }
    return { events: events.length, ids: events.map(({ id }) => id) }
  }
}
