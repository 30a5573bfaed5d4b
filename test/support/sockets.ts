import { evictDurableObject } from 'cloudflare:test'
import type { Asker } from '../../src/domain/actor.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import type { SocketRequest } from '../../src/restaurant/restaurant-port.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  STAFF,
  withItem,
  type TestRestaurant,
} from './restaurant.ts'

export interface Heard {
  seq: number
  type: string
  order_id?: string
  status?: string
  orders?: { order_id: string; status: string }[]
  [field: string]: unknown
}

/** A client's end of a socket: what it heard, and how it ended. */
export interface Client {
  socket: WebSocket
  /** Everything that has arrived since it was asked last. */
  heard(): Promise<Heard[]>
  say(text: string | ArrayBuffer): void
  acknowledge(seq: number): void
  closed: Promise<{ code: number; reason: string }>
}

/** The client's end of an accepted upgrade. */
export function clientOf(response: Response): Client {
  const socket = response.webSocket
  if (socket === null) throw new Error(`no socket, but ${response.status}`)
  const messages: Heard[] = []
  const pongs: (() => void)[] = []
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data as string) as Heard
    if (message.type === 'pong') pongs.shift()?.()
    else messages.push(message)
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }))
  })
  socket.accept()
  return {
    socket,
    closed,
    // What the server sent earlier arrives before the answer to a ping.
    async heard() {
      await new Promise<void>((resolve) => {
        pongs.push(resolve)
        socket.send('{"type":"ping"}')
      })
      return messages.splice(0)
    },
    say: (text) => socket.send(text),
    acknowledge: (seq) => socket.send(JSON.stringify({ ack: seq })),
  }
}

type Wish = Partial<Omit<SocketRequest, 'asker'>>

/** Asks the object for a socket as the Worker does; without an order, for the board. */
export const upgrade = (
  restaurant: Pick<TestRestaurant, 'id' | 'stub' | 'now'>,
  asker: Asker,
  wish: Wish = {},
): Promise<Response> => {
  const request: SocketRequest = {
    asker,
    expiresAt: restaurant.now() + 900_000,
    orderId: null,
    restaurantId: wish.orderId === undefined ? restaurant.id : null,
    after: null,
    ticket: null,
    ...wish,
  }
  return restaurant.stub().fetch('https://restaurant/socket', {
    headers: { upgrade: 'websocket', 'x-ordersync-socket': JSON.stringify(request) },
  })
}

export const connect = async (
  restaurant: Pick<TestRestaurant, 'id' | 'stub' | 'now'>,
  asker: Asker,
  wish: Wish = {},
): Promise<Client> => clientOf(await upgrade(restaurant, asker, wish))

/** Why the object did not open the socket. */
export function refusalOf(response: Response): Refusal {
  const refusal = response.headers.get('x-ordersync-refusal')
  if (refusal === null) throw new Error(`not refused: ${response.status}`)
  return JSON.parse(refusal) as Refusal
}

/** A restaurant where guests pay afterwards, with one dish and a table. */
export async function dining() {
  const restaurant = await openRestaurantObject({ paymentPolicy: 'POSTPAID', tableAccess: 'OPEN' })
  const { item } = await withItem(restaurant)
  const table = await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
  const counter = orderOf([{ itemId: item.id, quantity: 1 }], { paymentMethod: 'COUNTER' })
  return {
    ...restaurant,
    item,
    table,
    place: async (asker: Asker) => (await restaurant.done(asker, counter)).order,
    /** A guest who has scanned the table's code. */
    async seated(sessionId: string = crypto.randomUUID()): Promise<Asker> {
      const scan = { type: 'join-visit', tableId: table.id, code: table.code } as const
      const { visitId } = await restaurant.done(guest(sessionId), scan)
      return guest(sessionId, { visitId, tableId: table.id })
    },
    soldOut: (soldOut: boolean) =>
      restaurant.done(STAFF, { type: 'mark-sold-out', itemId: item.id, soldOut, until: null }),
    accept: (orderId: string) =>
      restaurant.done(STAFF, {
        type: 'accept-order',
        orderId,
        estimatedTimeMinutes: 15,
        message: null,
        unavailableLines: [],
      }),
  }
}

export const someone = (): Asker => guest(crypto.randomUUID())
export const typesOf = (heard: readonly Heard[]): string[] => heard.map(({ type }) => type)
export const seqsOf = (heard: readonly Heard[]): number[] => heard.map(({ seq }) => seq)
export const hibernate = ({ stub }: Pick<TestRestaurant, 'stub'>) =>
  evictDurableObject(stub(), { webSockets: 'hibernate' })
