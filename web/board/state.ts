import { computed, effect, signal } from '@preact/signals'
import type { InferResponseType } from 'hono/client'
import { createApi, type Api } from '../lib/api.ts'
import { keep, recall } from '../lib/kept.ts'
import { listen, type LiveMessage } from '../lib/live.ts'
import { outcomeOf, type Outcome, type Trouble } from '../lib/outcome.ts'
import { CommandQueue } from '../lib/queue.ts'
import { Session } from '../lib/session.ts'
import { cardsOf } from './columns.ts'
import { dueOf, hold, HOLD_MS, isHeld, orderOf, type HeldTap, type Tap } from './commands.ts'
import { send } from './send.ts'

export type Order = InferResponseType<Api['api']['v1']['orders'][':id']['$get'], 200>
type Me = InferResponseType<Api['api']['v1']['auth']['me']['$get'], 200>
export type Opening = InferResponseType<
  Api['api']['v1']['restaurants']['me']['resume']['$post'],
  200
>
export type Item = InferResponseType<
  Api['api']['v1']['restaurants']['me']['items']['$get'],
  200
>['items'][number]
export type Day = InferResponseType<
  Api['api']['v1']['restaurants']['me']['statistics']['$get'],
  200
>

const session = new Session('member')
export const restaurantId = signal<string | null>(recall('os-board-restaurant') as string | null)
export const api = createApi(session, (): Record<string, string> =>
  restaurantId.value === null ? {} : { 'X-Restaurant-Id': restaurantId.value },
)

export type Stage = 'loading' | 'signed-out' | 'no-work' | 'choose' | 'board'
export const stage = signal<Stage>('loading')
export const me = signal<Me | null>(null)
export const isOwner = computed(
  () =>
    me.value?.memberships.some(
      (one) => one.restaurant_id === restaurantId.value && one.role === 'OWNER',
    ) ?? false,
)

const byId = signal<ReadonlyMap<string, Order>>(new Map())
export const held = signal<readonly HeldTap[]>((recall('os-board-held') as HeldTap[] | null) ?? [])
export const restaurantName = signal('')
export const openNow = signal(true)
export const offlineSince = signal<number | null>(null)
/** Rises when dishes or stock have changed: what shows them asks anew. */
export const menuChanges = signal(0)

/** Marks of dishes that the restaurant has heard of since somebody read the list. */
export const toldMarks = signal<readonly Tap[]>([])

export interface Conflict {
  key: string
  tap: Tap
  order: Order | null
  trouble: Trouble
}
export const conflicts = signal<readonly Conflict[]>([])

/** A tap of yesterday's shift is no tap any more. */
const TAP_LASTS_MS = 60 * 60_000
const SIGN_OUT_WAITS_MS = 4_000

export const queue = new CommandQueue<Tap, Order | null>('os-board-taps', TAP_LASTS_MS, {
  send: (queued) => send(api, queued),
  done({ command }, order) {
    if (order !== null) take([order])
    if (command.kind === 'sold-out') toldMarks.value = [...toldMarks.value, command]
    menuChanges.value += 1
  },
  refused({ key, command }, trouble) {
    const order = byId.value.get(orderOf(command) ?? '') ?? null
    // Another tablet, or this one before it went offline, has said the same: nothing is lost.
    if (command.kind === 'acknowledge') return
    conflicts.value = [...conflicts.value, { key, tap: command, order, trouble }]
    void refreshOrder(orderOf(command))
  },
})

export const cards = computed(() =>
  cardsOf(byId.value.values(), [
    ...queue.waiting.value.map(({ command }) => command),
    ...held.value.map(({ tap }) => tap),
  ]),
)
export const ringing = computed(() => cards.value.filter(({ rings }) => rings))

const take = (orders: readonly Order[]): void => {
  const all = new Map(byId.value)
  for (const order of orders) {
    const over =
      order.status !== 'PENDING' && order.status !== 'ACCEPTED' && order.status !== 'READY'
    if (over) all.delete(order.order_id)
    else all.set(order.order_id, order)
  }
  byId.value = all
}

async function refreshOrder(id: string | null): Promise<void> {
  if (id === null) return
  const read = await outcomeOf(api.api.v1.orders[':id'].$get({ param: { id } }))
  if (read.ok) take([read.value])
}

/** A tap: what may be taken back waits five seconds here, everything else goes at once. */
export function tap(wanted: Tap): void {
  const key = crypto.randomUUID()
  if (!isHeld(wanted)) {
    queue.add(wanted, key)
    return
  }
  setHeld(hold(held.value, { key, tap: wanted, goesAt: Date.now() + HOLD_MS }))
}

export function takeBack(key: string): void {
  setHeld(held.value.filter((one) => one.key !== key))
}

function setHeld(next: readonly HeldTap[]): void {
  held.value = next
  keep('os-board-held', next)
}

/** Sends what was not taken back; what a reload has interrupted goes on from here. */
setInterval(() => {
  const { due, waits } = dueOf(held.value, Date.now())
  if (due.length === 0) return
  for (const { key, tap: wanted } of due) queue.add(wanted, key)
  setHeld(waits)
}, 250)

function heard(message: LiveMessage): void {
  if (message.type === 'SNAPSHOT') {
    byId.value = new Map()
    take(message.orders as Order[])
  } else if ('order' in message) take([message.order as Order])
  else if ('item' in message) menuChanges.value += 1
  if ('restaurant' in message) {
    const { name, open } = message.restaurant as { name: string; open: boolean }
    restaurantName.value = name
    openNow.value = open
    menuChanges.value += 1
  }
}

/** Taps wait for the restaurant they were made at. */
export const everythingSent = computed(
  () => held.value.length === 0 && queue.waiting.value.length === 0,
)

/** The name of a restaurant this account works at, as far as it is reached. */
export async function nameOf(id: string): Promise<string | null> {
  const there = createApi(session, () => ({ 'X-Restaurant-Id': id }))
  const read = await outcomeOf(there.api.v1.restaurants.me.$get())
  return read.ok ? read.value.name : null
}

/** Back to the choice of restaurants. */
export function chooseAnew(): void {
  line?.close()
  line = null
  stage.value = 'choose'
}

let line: ReturnType<typeof listen> | null = null

/** Opens the board of a restaurant that this account works at. */
export function openBoard(id: string): void {
  if (restaurantId.value !== id) restaurantName.value = ''
  restaurantId.value = id
  keep('os-board-restaurant', id)
  line?.close()
  byId.value = new Map()
  line = listen({
    url: () => `${location.origin}/ws/restaurants/${id}`,
    token: () => session.token(),
    heard,
    refused: () => void begin(),
  })
  line.offlineSince.subscribe((since) => {
    offlineSince.value = since
  })
  stage.value = 'board'
}

/** Who is at this tablet, and where do they work? A tablet that is offline opens its last board. */
export async function begin(): Promise<void> {
  line?.close()
  line = null
  const token = await session.token().catch(() => 'offline')
  if (token === null) {
    stage.value = 'signed-out'
    return
  }
  const read = await outcomeOf(api.api.v1.auth.me.$get())
  if (!read.ok && read.trouble.status === 401) {
    stage.value = 'signed-out'
    return
  }
  if (read.ok) me.value = read.value
  const memberships = me.value?.memberships ?? null
  const last = restaurantId.value
  if (memberships === null) {
    if (last === null) stage.value = 'signed-out'
    else openBoard(last)
    return
  }
  const kept = memberships.find((one) => one.restaurant_id === last) ?? null
  const [only] = memberships
  if (kept !== null) openBoard(kept.restaurant_id)
  else if (only === undefined) stage.value = 'no-work'
  else if (memberships.length === 1) openBoard(only.restaurant_id)
  else stage.value = 'choose'
}

export async function signIn(email: string, password: string): Promise<Outcome<null>> {
  const given = await outcomeOf(
    api.session.login.$post({ json: { email, password, device: 'tablet' } }),
  )
  if (!given.ok) return given
  session.take(given.value, given.value.user)
  await begin()
  return { ok: true, value: null }
}

/** What was tapped goes while there is somebody to send it as; a dead line holds nobody up for long. */
async function sendEverything(): Promise<void> {
  for (const { key, tap: wanted } of held.value) queue.add(wanted, key)
  setHeld([])
  let stop: (() => void) | null = null
  await new Promise<void>((resolve) => {
    setTimeout(resolve, SIGN_OUT_WAITS_MS)
    stop = effect(() => {
      if (queue.waiting.value.length === 0) resolve()
    })
  })
  ;(stop as (() => void) | null)?.()
}

export async function signOut(): Promise<void> {
  if (!everythingSent.value) await sendEverything()
  line?.close()
  line = null
  me.value = null
  stage.value = 'signed-out'
  await session.end()
}
