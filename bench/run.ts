// npm run bench: the product against a floor of the same shape, in one workerd, in paired rounds.
import { parseArgs } from 'node:util'
import { compare, type Comparison } from './compare.ts'
import { load } from './load.ts'
import { openBenchRestaurant } from './restaurant.ts'
import { startBenchServer } from './runtime.ts'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
  },
})
const rounds = Number(flags.rounds)
const seconds = Number(flags.seconds)
/** What a three-line order of counted items writes; test/restaurant holds it to this. */
const ORDER_ROWS = 16

function print(what: string, { ratio, low, high, product, floor }: Comparison): void {
  const round = (value: number, digits = 0) => value.toFixed(digits)
  console.log(
    `${what}\n  ratio ${round(ratio, 2)}  [${round(low, 2)}, ${round(high, 2)}]` +
      `   product ${round(product.perSecond)}/s (p50 ${round(product.p50Ms, 1)} ms, p99 ${round(product.p99Ms, 1)} ms)` +
      `   floor ${round(floor.perSecond)}/s (p50 ${round(floor.p50Ms, 1)} ms, p99 ${round(floor.p99Ms, 1)} ms)`,
  )
}

const server = await startBenchServer()
try {
  const { origin } = server
  const restaurant = await openBenchRestaurant(origin, 50)
  console.log(
    `Paired rounds: ${rounds} of ${seconds} s each. The load generator shares the machine with workerd;\n` +
      'D1, queue and assets are stand-ins that answer at once; there is no edge cache.\n',
  )
  for (const callers of [1, 50]) {
    const floorWrite = () => ({
      path: `/floor/write?rows=${ORDER_ROWS}`,
      method: 'POST' as const,
      headers: { 'content-type': 'application/json' },
      body: restaurant.body,
    })
    print(
      `placing a three-line order, ${callers} caller(s); floor: bare route → object → ${ORDER_ROWS} rows`,
      await compare(
        rounds,
        () => load(origin, callers, seconds, 201, floorWrite),
        () => load(origin, callers, seconds, 201, restaurant.order),
      ),
    )
  }
  const menu = await (await fetch(`${origin}${restaurant.menu}`)).text()
  print(
    'reading the menu, 50 callers; floor: bare route → object call that answers the same bytes',
    await compare(
      rounds,
      () =>
        load(origin, 50, seconds, 200, () => ({
          path: '/floor/read',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: menu,
        })),
      () =>
        load(origin, 50, seconds, 200, () => ({
          path: restaurant.menu,
          method: 'GET',
          headers: {},
          body: null,
        })),
    ),
  )
} finally {
  server.stop()
}
