import { setTimeout as pause } from 'node:timers/promises'
import { errorOf, UnexpectedAnswerError, type Api } from '../lib/api.ts'
import type { LiveMessage } from '../lib/live.ts'
import type { Chance } from '../lib/random.ts'
import type { OrderJson } from '../lib/shapes.ts'
import type { Feed } from './evidence.ts'
import { startFeed } from './feed.ts'
import { persist } from './persist.ts'

export interface TabletOptions {
  name: string
  api: Api
  origin: string
  token: string
  restaurantId: string
  chance: Chance
}

export interface Tablet {
  feed: () => Feed
  /** Nothing on this tablet's board is waiting for the kitchen. */
  idle: () => boolean
  /** Rejects when the tablet met something that must not happen. */
  working: Promise<void>
  stop: () => Promise<void>
}

const VERBS = ['accept', 'ready', 'complete'] as const
type Verb = (typeof VERBS)[number] | 'reject'

const OF_100_REJECTED = 6

/** A tablet in the kitchen: knows only what its socket said, and works off the board. */
export function startTablet(options: TabletOptions): Tablet {
  const { chance, restaurantId } = options
  const board = new Map<string, OrderJson>()
  let commands = 0
  // A key of its own for every touch: only the retries of one touch share it.
  const nextKey = () => `${options.name}-${(commands += 1)}`
  const over = new AbortController()

  const hear = (message: LiveMessage) => {
    const orders =
      message.type === 'SNAPSHOT'
        ? (message['orders'] as OrderJson[])
        : [message['order'] as OrderJson | undefined]
    for (const order of orders) if (order !== undefined) board.set(order.order_id, order)
  }
  const path = `/ws/restaurants/${restaurantId}`
  const socket = startFeed({ ...options, path, onMessage: hear })

  const waiting = () =>
    [...board.values()].filter(({ allowed_actions: actions }) =>
      VERBS.some((verb) => actions.includes(verb)),
    )
  const work = (async () => {
    while (!over.signal.aborted) {
      const orders = waiting()
      if (orders.length > 0) await handle(options, chance.pick(orders), nextKey)
      await pause(chance.between(10, 80))
    }
  })()

  return {
    feed: socket.feed,
    working: work,
    idle: () => waiting().length === 0,
    stop: async () => {
      over.abort()
      await Promise.all([work, socket.stop()])
    },
  }
}

async function handle(
  options: TabletOptions,
  order: OrderJson,
  nextKey: () => string,
): Promise<void> {
  const { chance } = options
  if (order.rings && chance.percent(50)) await command(options, order, 'acknowledge', nextKey(), {})
  const next = VERBS.find((verb) => order.allowed_actions.includes(verb))
  if (next === undefined) return
  const verb: Verb = next === 'accept' && chance.percent(OF_100_REJECTED) ? 'reject' : next
  await command(options, order, verb, nextKey(), bodyOf(verb, chance))
}

function bodyOf(verb: Verb, chance: Chance): object {
  if (verb === 'accept') return { estimated_time_minutes: chance.between(5, 30) }
  return verb === 'reject' ? { reason: '재료가 떨어졌습니다' } : {}
}

/** The other tablet may have been first; the socket will say so. */
async function command(
  { api, token }: TabletOptions,
  { order_id }: OrderJson,
  verb: string,
  key: string,
  body: object,
): Promise<void> {
  const answer = await persist(() =>
    api.send('POST', `/restaurants/me/orders/${order_id}/${verb}`, {
      token,
      key,
      body,
    }),
  )
  if (answer.status >= 300 && errorOf(answer)?.reason !== 'ORDER_STATE')
    throw new UnexpectedAnswerError(answer, '2xx or ORDER_STATE')
}
