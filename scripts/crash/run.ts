import { setTimeout as pause } from 'node:timers/promises'
import { signIn, login } from '../lib/account.ts'
import { createApi, type Api } from '../lib/api.ts'
import { CUSTOMER, OWNER } from '../lib/demo-data.ts'
import { createChance, type Chance } from '../lib/random.ts'
import { seed, type Seeded, type Table } from '../lib/seed-restaurant.ts'
import type { GuestJson, MenuItemJson, MenuJson } from '../lib/shapes.ts'
import type { AnsweredOrder, Evidence } from './evidence.ts'
import { startFeed, type RunningFeed } from './feed.ts'
import { gatherStock } from './gather.ts'
import { liveAsGuest } from './guest.ts'
import { settle, type Verdicts } from './settle.ts'
import { startTablet } from './tablet.ts'
import { makeWeather } from './weather.ts'
import type { World } from './world.ts'

export interface Plan {
  seconds: number
  seed: number
  guests: number
  kills: number
}

const say = (line: string) => console.log(line)

/** Orders run out of the counted items, and plenty of the others. */
async function chooseMenu(api: Api, { restaurantId }: Seeded): Promise<MenuItemJson[]> {
  const { categories } = await api.ask<MenuJson>('GET', `/restaurants/${restaurantId}/menu`)
  return categories.flatMap(({ items }) => items)
}

interface Seat {
  name: string
  token: string
  tableId: string
  /** Ordering with an account: what was ordered is listed by the platform's read model. */
  member: boolean
}

/** Each sits at a table of their own; every other one is a member. */
async function seatGuests(api: Api, seeded: Seeded, count: number): Promise<Seat[]> {
  const seats: Seat[] = []
  for (let index = 0; index < count; index += 1) {
    const table = seeded.tables[index % seeded.tables.length]!
    const member = index % 2 === 0
    const name = `${member ? 'member' : 'guest'} ${index + 1}`
    const token = member ? await memberToken(api, index) : await scan(api, table)
    seats.push({ name, token, tableId: table.id, member })
  }
  return seats
}

async function memberToken(api: Api, index: number): Promise<string> {
  const email = `member-${index}@demo.ordersync.test`
  return (await signIn(api, { ...CUSTOMER, email })).access_token
}

async function scan(api: Api, { id, qr_url }: Table): Promise<string> {
  const body = { table_id: id, code: new URL(qr_url).hash.slice(1) }
  return (await api.ask<GuestJson>('POST', '/auth/guest', { body })).access_token
}

async function killNowAndThen(world: World, plan: Plan, chance: Chance): Promise<void> {
  const share = (plan.seconds * 1_000) / (plan.kills + 1)
  for (let kill = 1; kill <= plan.kills; kill += 1) {
    await pause(chance.between(Math.round(share / 3), Math.round(share)))
    await world.crash(chance.between(0, 800))
    say(`  killed and started again (${kill} of ${plan.kills})`)
  }
}

/** The whole test; 0 when every invariant holds. */
export async function runCrashTest(world: World, plan: Plan): Promise<number> {
  const { place } = world
  const api = createApi(place.app)
  const seeded = await seed(api, null)
  const menu = await chooseMenu(api, seeded)
  const owner = seeded.owner.access_token
  const first = await gatherStock(api, owner, null)
  const initialStock = new Map(first.map(({ menuId, level }) => [menuId, level]))
  const guests = await seatGuests(api, seeded, plan.guests)
  const second = await login(api, OWNER)

  const answers: AnsweredOrder[] = []
  const chanceOf = (name: string) => createChance(plan.seed, name)
  const tablets = [owner, second.access_token].map((token, index) => {
    const name = `tablet ${index + 1}`
    const { restaurantId } = seeded
    return startTablet({
      ...{ name, api, origin: place.app, token, restaurantId },
      chance: chanceOf(name),
    })
  })
  let over = false
  const startedAt = Date.now()
  const stopped = () => over
  const phones = new Map<string, RunningFeed>()
  const evening = guests.map((guest) =>
    liveAsGuest({
      ...guest,
      ...{ api, sandbox: place.sandbox, menu, answers, chance: chanceOf(guest.name), stopped },
      onPlaced: (orderId) => {
        if (phones.has(guest.name)) return
        phones.set(guest.name, openPhone(place.app, guest, orderId, chanceOf))
      },
    }),
  )
  const weather = makeWeather({ sandbox: place.sandbox, chance: chanceOf('weather'), stopped })
  const allOver = Promise.all([...evening, weather])
  const trouble = Promise.race([allOver, ...tablets.map(({ working }) => working)])
  await Promise.race([killNowAndThen(world, plan, chanceOf('kills')), trouble])
  await Promise.race([pause(Math.max(0, startedAt + plan.seconds * 1_000 - Date.now())), trouble])
  over = true
  await Promise.race([allOver, trouble])
  say(`  ${new Set(answers.map(({ orderId }) => orderId)).size} orders answered; settling …`)
  await untilIdle(tablets)
  const { evidence, verdicts } = await settle({
    ...{ api, app: place.app, sandbox: place.sandbox, owner, initialStock, answers },
    members: guests.filter(({ member }) => member),
    boards: () => tablets.map((tablet) => tablet.feed()),
    phones: () => [...phones.values()].map((phone) => phone.feed()),
  })
  await Promise.all([...tablets, ...phones.values()].map((socket) => socket.stop()))
  return report(evidence, verdicts, plan)
}

const openPhone = (
  origin: string,
  { name, token }: { name: string; token: string },
  orderId: string,
  chanceOf: (name: string) => Chance,
): RunningFeed =>
  startFeed({
    ...{ name, origin, token, path: `/ws/orders/${orderId}` },
    chance: chanceOf(`phone of ${name}`),
    onMessage: () => undefined,
  })

const KITCHEN_WITHIN_MS = 45_000

async function untilIdle(tablets: readonly { idle: () => boolean }[]): Promise<void> {
  const deadline = Date.now() + KITCHEN_WITHIN_MS
  while (Date.now() < deadline) {
    await pause(500)
    if (tablets.every((tablet) => tablet.idle())) return
  }
}

function report(evidence: Evidence, verdicts: Verdicts, { seed: number }: Plan): number {
  const counts = new Map<string, number>()
  for (const { order } of evidence.orders)
    counts.set(order.status, (counts.get(order.status) ?? 0) + 1)
  say(`  ${[...counts].map(([status, count]) => `${count} ${status}`).join(', ')}`)
  say(`  ${evidence.payments.filter(({ approvedAt }) => approvedAt !== null).length} captures`)
  const sockets = [...evidence.boards, ...evidence.phones]
  say(`  ${sockets.reduce((sum, { parts }) => sum + parts.length - 1, 0)} sockets resumed`)
  for (const { rule, problems } of verdicts) {
    say(`  ${problems.length === 0 ? 'holds ' : 'BROKEN'}  ${rule}`)
    for (const problem of problems.slice(0, 10)) say(`            ${problem}`)
  }
  const broken = verdicts.filter(({ problems }) => problems.length > 0).length
  say(broken === 0 ? 'All invariants hold.' : `${broken} invariants are broken (seed ${number}).`)
  return broken === 0 ? 0 : 1
}
