// The whole life of an order against a running server, over real HTTP and WebSocket (npm run dev
// first). Ends with another code than 0 when anything is not as it should be.
import { assemble } from './demo/cast.ts'
import { changeOfMind } from './demo/change-of-mind.ts'
import { leaving } from './demo/leaving.ts'
import { soldOut } from './demo/sold-out.ts'
import { wholeLife } from './demo/whole-life.ts'
import { developmentPlace } from './lib/place.ts'

const place = developmentPlace()

async function isRunning(): Promise<boolean> {
  const answers = (url: string) =>
    fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    )
  return (await answers(`${place.app}/health`)) && (await answers(`${place.sandbox}/health`))
}

async function demo(): Promise<number> {
  if (!(await isRunning())) {
    console.error(`Nothing answers at ${place.app} and ${place.sandbox}. Start it: npm run dev`)
    return 1
  }
  const cast = await assemble(place)
  try {
    await wholeLife(cast)
    await changeOfMind(cast)
    await soldOut(cast)
    await leaving(cast)
  } finally {
    cast.board.close()
  }
  console.log('\nEverything was as it should be.')
  return 0
}

try {
  process.exitCode = await demo()
} catch (error) {
  console.error(`\nNot as it should be: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
