import { compare, type Comparison } from '../compare.ts'
import { load, type Call } from '../load.ts'
import { middleAndEnd, print } from '../print.ts'
import { updatingCarts } from './carts.ts'
import { lagsAtOnce, lagsInTurn, lookingAlone, type Path } from './lag.ts'
import { startDevServer } from './server.ts'
import {
  floorMessage,
  floorOrder,
  furnish,
  memberOrder,
  MEMBERS,
  nth,
  throughQueueAlone,
  type World,
} from './world.ts'

export interface Extent {
  rounds: number
  seconds: number
}

const QUIET_ORDERS = 100
const RUSH = { callers: 10, seconds: 4 }
const WATCHED = { times: 60, everyMs: 50, lookEveryMs: 5 }
const QUEUED = { times: 30, everyMs: 100, lookEveryMs: 20 }

function placing(
  world: World,
  { rounds, seconds }: Extent,
  callers: number,
  copied: boolean,
): Promise<Comparison> {
  const { origin } = world
  return compare(
    rounds,
    () => load(origin, callers, seconds, 201, (caller) => floorOrder(world, caller, copied)),
    () => load(origin, callers, seconds, 201, (caller) => memberOrder(world, caller)),
  )
}

/** The first page of a member who has ordered often. */
async function listing(
  { origin, members }: World,
  { rounds, seconds }: Extent,
): Promise<Comparison> {
  const get = (path: string, caller: number): Call => ({
    path,
    method: 'GET',
    headers: { authorization: `Bearer ${nth(members, caller).token}` },
    body: null,
  })
  const path = '/api/v1/orders'
  const page = await fetch(`${origin}${path}`, { headers: get(path, 0).headers })
  await fetch(`${origin}/bench/list`, { method: 'PUT', body: await page.text() })
  return compare(
    rounds,
    () => load(origin, MEMBERS, seconds, 200, (caller) => get('/floor/list', caller)),
    () => load(origin, MEMBERS, seconds, 200, (caller) => get(path, caller)),
  )
}

const say = (what: string, lags: readonly number[], more = ''): void =>
  console.log(`${what}\n  ${middleAndEnd(lags)}${more}`)

async function directLag(world: World): Promise<void> {
  const { origin } = world
  const product: Path = { of: 'product', next: () => memberOrder(world, 0) }
  const floor: Path = { of: 'floor', next: () => floorOrder(world, 0, true) }
  const alone = await lookingAlone(origin, floor, QUIET_ORDERS)
  const [ours = [], bare = []] = await lagsInTurn(origin, [product, floor], QUIET_ORDERS)
  say(
    `from the answer until D1 has the order, ${QUIET_ORDERS} orders one by one; floor: a batch of as many rows behind the answer`,
    ours,
    ` (aim: p99 ≤ 50 ms)   floor ${middleAndEnd(bare)}   looking alone ${middleAndEnd(alone)}`,
  )
  const rush = load(origin, RUSH.callers, RUSH.seconds, 201, (n) => memberOrder(world, n + 1))
  const during = await lagsAtOnce(origin, product, WATCHED)
  const { perSecond } = await rush
  say(
    `the same while ${RUSH.callers} others order ${perSecond.toFixed(0)} times a second, ${WATCHED.times} orders`,
    during,
    ' (aim: p99 ≤ 500 ms)',
  )
}

/** Last, so that the messages of the opening are long settled. */
async function queueLag(world: World): Promise<void> {
  const { origin } = world
  const [busy, ...others] = world.quiet
  if (busy === undefined) throw new Error('there is no restaurant')
  const brought = (next: () => Call): Path => ({ of: 'product', next })
  let turn = 0
  const single = brought(() => throughQueueAlone(world, nth(others, turn++)))
  const rush = brought(() => throughQueueAlone(world, busy))
  const floor: Path = { of: 'floor', next: () => floorMessage(world) }
  const [apart, together, bare] = await Promise.all([
    lagsAtOnce(origin, single, { ...QUEUED, times: others.length }),
    lagsAtOnce(origin, rush, QUEUED),
    lagsAtOnce(origin, floor, QUEUED),
  ])
  say(
    `through the queue alone, one order in each of ${others.length} restaurants; 2 s of it belong to the direct way, which is cut off;\n` +
      '  floor: queue (gathers for up to 1 s) → consumer → batch of D1',
    apart,
    ` (aim: p99 ≤ 4 s)   floor ${middleAndEnd(bare)}`,
  )
  say(
    `the same, ${QUEUED.times} orders within ${(QUEUED.times * QUEUED.everyMs) / 1_000} s in one restaurant`,
    together,
    ' (aim: p99 ≤ 5 s)',
  )
}

/** What D1 and queues take part in: members, their lists, the read model. */
export async function measureWithD1(extent: Extent, orderRows: number): Promise<void> {
  const server = await startDevServer()
  try {
    const world = await furnish(server, orderRows)
    console.log(
      `\nUnder the development server. Paired rounds: ${extent.rounds} of ${extent.seconds} s each.\n` +
        "Between the caller and the code: the load generator on the same machine, loopback HTTP, wrangler's proxy\n" +
        'in a process of its own, workerd. D1 is an SQLite file of an object in that workerd, asked over RPC, and\n' +
        'the queue lives in memory: what either costs across a network is not in here. Aims are our own.\n',
    )
    await directLag(world)
    for (const callers of [1, MEMBERS])
      print(
        `a member's three-line order, ${callers} caller(s); floor: bare route → one read of D1 → object → ${orderRows} rows`,
        '≥ 0.6',
        await placing(world, extent, callers, false),
      )
    print(
      `the same, ${MEMBERS} callers; floor: the same, and behind its answer a batch of D1 as behind ours`,
      '≥ 0.7',
      await placing(world, extent, MEMBERS, true),
    )
    print(
      `a member's list of orders, ${MEMBERS} callers, who asks and what for: two reads of D1; floor: one, of the same bytes`,
      '≥ 0.5',
      await listing(world, extent),
    )
    print(
      `a line of a member's cart set, ${MEMBERS} callers, what all of it comes to in the answer: two reads and a write of D1,\n` +
        '  one question to the restaurant; floor: bare route → one conditional write of D1',
      '≥ 0.3',
      await updatingCarts(world, extent),
    )
    await queueLag(world)
  } finally {
    await server.stop()
  }
}
