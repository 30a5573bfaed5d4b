// Forgets all local data (orders, accounts, the sandbox's payments). Secrets in .dev.vars stay.
import { rm } from 'node:fs/promises'
import { earlierServer } from './lib/pid-file.ts'
import { developmentPlace } from './lib/place.ts'

const earlier = await earlierServer()
if (earlier.kind === 'none') {
  const { state } = developmentPlace()
  await rm(state, { recursive: true, force: true })
  console.log('Local data removed. `npm run dev` makes it anew.')
} else {
  console.error(
    earlier.kind === 'running'
      ? `A server still runs at ${earlier.record.app}: stop it first (Ctrl-C in its window).`
      : 'Servers of an earlier run are still there: `npm run dev -- --replace` ends them.',
  )
  process.exitCode = 1
}
