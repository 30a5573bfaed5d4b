// npm run bench: the product against a floor of the same shape, in paired rounds; first in one plain
// workerd, then under the development server what needs D1 or queues. `--only plain` or `--only dev`: one;
// `--only paying`, `--only coupons`: of the plain part what is about these; `--only search`: searching alone;
// `--only feed`: what partners get.
import { parseArgs } from 'node:util'
import { openBoard } from './board.ts'
import { countCalls } from './calls.ts'
import { compare, type Comparison } from './compare.ts'
import { CLAIM_ROWS, claiming, claimingInObject } from './coupons.ts'
import { measureFeed } from './dev/feed.ts'
import { measureWithD1 } from './dev/measure.ts'
import { load, type Call } from './load.ts'
import { countPaying } from './paying.ts'
import { print } from './print.ts'
import { openBenchRestaurant } from './restaurant.ts'
import { ringing } from './ringing.ts'
import { startBenchServer, type BenchServer } from './runtime.ts'
import { measureSearch } from './search.ts'
import { rainWebhooks } from './webhooks.ts'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    past: { type: 'string', default: '100000' },
    only: { type: 'string' },
  },
})
if (
  flags.only !== undefined &&
  !['plain', 'dev', 'paying', 'coupons', 'search', 'feed'].includes(flags.only)
)
  throw new Error('--only takes plain, dev, paying, coupons, search or feed')
const rounds = Number(flags.rounds)
const seconds = Number(flags.seconds)
const past = Number(flags.past)
/** What a three-line order of counted items writes; test/restaurant/rows-written.test.ts holds it to that. */
const ORDER_ROWS = 14
/** With its waits for queues it ends within a minute and a half. */
const DEV_EXTENT = { rounds: 5, seconds: 0.8 }
const RAIN = { perSecond: 50, seconds: 20 }
const WARM_SECONDS = 15
const JSON_BODY = { 'content-type': 'application/json' }

const round = (value: number, digits = 0): string => value.toFixed(digits)

type Restaurant = Awaited<ReturnType<typeof openBenchRestaurant>>

/** The floor of an order. The same bytes: of the request with its headers, and of the answer (`sameAnswer`). */
const writing =
  (restaurant: Restaurant) =>
  (caller: number): Call => ({ ...restaurant.order(caller), path: `/write?rows=${ORDER_ROWS}` })

function placing(
  { origin, floor, cpuMs }: BenchServer,
  restaurant: Restaurant,
  callers: number,
  of = rounds,
): Promise<Comparison> {
  return compare(
    of,
    () => load(floor, callers, seconds, 201, writing(restaurant)),
    () => load(origin, callers, seconds, 201, restaurant.order),
    cpuMs,
  )
}

/** Has the floor answer an order with the bytes that the product does. */
async function sameAnswer({ origin, floor }: BenchServer, { path, method, headers, body }: Call) {
  const answer = await fetch(`${origin}${path}`, { method, headers, body })
  await fetch(`${floor}/answer`, { method: 'PUT', body: await answer.text() })
}

/**
 * Until both are compiled, and the first notice that nobody is listening is over: from then on one order
 * is as the next.
 */
async function warmUp({ origin, floor }: BenchServer, restaurant: Restaurant): Promise<void> {
  await load(floor, 50, WARM_SECONDS / 3, 201, writing(restaurant))
  await load(origin, 50, WARM_SECONDS, 201, restaurant.order)
}

async function reading(
  { origin, floor, cpuMs }: BenchServer,
  restaurant: Restaurant,
): Promise<void> {
  const answer = await fetch(`${origin}${restaurant.menu}`)
  const menu = await answer.text()
  const etag = answer.headers.get('etag') ?? ''
  const read = (body: string): Call => ({
    path: '/read',
    method: 'POST',
    headers: JSON_BODY,
    body,
  })
  const get = (headers: Record<string, string>): Call => ({
    path: restaurant.menu,
    method: 'GET',
    headers,
    body: null,
  })
  for (const callers of [1, 50]) {
    print(
      `reading the menu, ${callers} caller(s); floor: bare route → object call that answers the same bytes`,
      '≥ 0.7',
      await compare(
        rounds,
        () => load(floor, callers, seconds, 200, () => read(menu)),
        () => load(origin, callers, seconds, 200, () => get({})),
        cpuMs,
      ),
    )
    print(
      `asking whether the menu changed, ${callers} caller(s); floor: the same with an empty body`,
      '≥ 0.7',
      await compare(
        rounds,
        () => load(floor, callers, seconds, 200, () => read('')),
        () => load(origin, callers, seconds, 304, () => get({ 'if-none-match': etag })),
        cpuMs,
      ),
    )
  }
}

async function staysFlat(server: BenchServer): Promise<void> {
  const { origin } = server
  const restaurant = await openBenchRestaurant(origin, 50)
  const young = await placing(server, restaurant, 1, 3)
  const body = JSON.stringify({ key: restaurant.key, orders: past })
  await fetch(`${origin}/bench/fill`, { method: 'POST', body })
  const old = await placing(server, restaurant, 1, 3)
  const slower = young.ratio / old.ratio
  console.log(
    `placing among few orders and among ${past} more, 1 caller\n  ${round(slower, 2)} × (aim ≤ 1.2)   ` +
      `ratio to the floor ${round(young.ratio, 2)} before, ${round(old.ratio, 2)} after`,
  )
}

async function measureClaiming(server: BenchServer): Promise<void> {
  print(
    `claiming a coupon through one object, 50 at a time; floor: object → ${CLAIM_ROWS} rows, same bytes; times of 500`,
    '≥ 0.7',
    await claimingInObject(server, rounds, seconds),
  )
  print(
    `the same over HTTP, 50 guests; floor: bare route → object → ${CLAIM_ROWS} rows without bytes`,
    'none',
    await claiming(server, rounds, seconds),
  )
}

async function measureCouponsAlone(): Promise<void> {
  const server = await startBenchServer()
  try {
    await measureClaiming(server)
  } finally {
    server.stop()
  }
}

async function measurePlain(): Promise<void> {
  const server = await startBenchServer()
  const { origin } = server
  try {
    const restaurant = await openBenchRestaurant(origin, 50)
    console.log(
      `Paired rounds: ${rounds} of ${seconds} s each; the interval holds 90 % of resampled medians. Where the machine\n` +
        'has other work to do, the ratio of processor time bends less than that of rates.\n' +
        'Between the caller and the code: the load generator on the same machine, loopback HTTP, workerd. D1, queue\n' +
        'and assets are stand-ins that answer at once; there is no edge cache. No board listens but where it is measured.\n' +
        `Product and floor are two Workers in one process; both have run for a while (${WARM_SECONDS} s) when it begins.\n`,
    )
    await countCalls(server, () => restaurant.order(0))
    await countPaying(server)
    await sameAnswer(server, restaurant.order(0))
    await warmUp(server, restaurant)
    for (const callers of [1, 50])
      print(
        `placing a three-line order, ${callers} caller(s); floor: bare route → object → ${ORDER_ROWS} rows, same bytes`,
        '≥ 0.7',
        await placing(server, restaurant, callers),
      )
    // A board opens with all that is open: by now more there than any restaurant has.
    const watched = await openBenchRestaurant(origin, 50)
    const board = await openBoard(server, watched.id)
    print(
      'the same with a board connected that acknowledges what it hears, 50 caller(s)',
      '≥ 0.7',
      await placing(server, watched, 50),
    )
    board.close()
    await measureClaiming(server)
    await reading(server, restaurant)
    const heard = await openBenchRestaurant(origin, 1)
    const late = await ringing(server, heard.id, () => heard.order(0), 400)
    console.log(
      `the board hears of an order after the guest has the answer, 400 orders\n  p50 ${round(late[200] ?? NaN, 1)} ms, ` +
        `p99 ${round(late[396] ?? NaN, 1)} ms (aim ≤ 50 ms)`,
    )
    await rainWebhooks(server, RAIN)
    await staysFlat(server)
  } finally {
    server.stop()
  }
}

async function measurePayingAlone(): Promise<void> {
  const server = await startBenchServer()
  try {
    await countPaying(server)
    await rainWebhooks(server, RAIN)
  } finally {
    server.stop()
  }
}

if (flags.only === 'paying') await measurePayingAlone()
else if (flags.only === 'coupons') await measureCouponsAlone()
else if (flags.only === 'search') await measureSearch(seconds)
else if (flags.only === 'feed') await measureFeed(DEV_EXTENT.rounds)
else {
  if (flags.only !== 'dev') await measurePlain()
  if (flags.only !== 'plain') await measureWithD1(DEV_EXTENT, ORDER_ROWS)
}
