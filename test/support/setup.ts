import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach } from 'vitest'
import { takeLeaks, watchConsole } from './log-watch.ts'

await applyD1Migrations(env.DB, env.MIGRATIONS)

watchConsole()

/** No test of any kind may make a line that tells of people or secrets. */
const nothingWasTold = (): void => {
  const leaks = takeLeaks()
  if (leaks.length > 0) throw new Error(`lines of the log tell\n${leaks.join('\n')}`)
}
afterEach(nothingWasTold)
afterAll(nothingWasTold)
