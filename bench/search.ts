import { startDevServer } from './dev/server.ts'
import { load, type Call } from './load.ts'
import { middleOf } from './print.ts'

const RESTAURANTS = 2_000
const ITEMS = 50
const AT_ONCE = 10
/** A filter that every product passes; each value of it is another answer for the edge cache. */
const HIGHEST_PRICE = 50_000_000

const KINDS: readonly [what: string, q: string][] = [
  ['a name that thousands have', '치킨'],
  ['two syllables inside names', '치찌'],
  ['a name that few have', '가나다탕'],
  ['one syllable', '떡'],
  ['one syllable of many names', '국'],
  ['initial consonants', 'ㅊㅋ'],
  ['more of them', 'ㄱㅊㅉㄱ'],
  ['two words', '양념 치킨'],
  ['the other layout', 'rlaclWlro'],
  ['a typing error, short', '치캔'],
  ['a typing error, long', '김치찌게'],
  ['two typing errors', '긴치찌게'],
  ['nothing like it', '뷁쀍뙓'],
]

/** Searching among a hundred thousand products, beside a bare point read of D1. */
export async function measureSearch(seconds: number): Promise<void> {
  const server = await startDevServer()
  try {
    const { origin } = server
    let copied = 0
    const began = performance.now()
    for (let from = 0; from < RESTAURANTS; from += AT_ONCE) {
      const query = `from=${from}&to=${from + AT_ONCE}&items=${ITEMS}`
      const answer = await fetch(`${origin}/bench/products?${query}`, { method: 'POST' })
      if (!answer.ok) throw new Error(`products: ${await answer.text()}`)
      copied += Number(await answer.text())
    }
    const took = (performance.now() - began) / 1_000
    console.log(
      `\n${copied} products of ${RESTAURANTS} restaurants, copied in ${took.toFixed(0)} s.\n` +
        'Under the development server, one caller, no answer from the edge cache. D1 is an SQLite file of an object\n' +
        'in the same workerd: what it costs across a network is not in here.\n',
    )
    let price = HIGHEST_PRICE
    const get = (path: string): Call => ({ path, method: 'GET', headers: {}, body: null })
    const floor = async () =>
      load(origin, 1, seconds, 200, () => get(`/floor/product?n=${1 + (price++ % copied)}`))
    console.log(`  ${middleOf(await floor())}   floor: bare route → one row of D1`)
    for (const [what, q] of KINDS) {
      const path = `/api/v1/products/search?q=${encodeURIComponent(q)}`
      const round = await load(origin, 1, seconds, 200, () => get(`${path}&max_price=${price--}`))
      console.log(`  ${middleOf(round)}   ${what} (${q})`)
    }
    console.log(`  ${middleOf(await floor())}   floor again`)
  } finally {
    await server.stop()
  }
}
