import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from '../lib/place.ts'
import { killGroup, stopGroup } from '../lib/process-group.ts'
import {
  sandboxAsProvider,
  startApp,
  startSandbox,
  untilReady,
  type Server,
} from '../lib/server.ts'

/** The servers of the drill: the app goes down for each handling of its files. */
export interface World {
  place: Place
  /** The app is killed, its files are handled, and it comes up again. */
  downFor: (handle: () => Promise<void>) => Promise<void>
  /** For good: the files may be read. */
  stop: () => Promise<void>
}

/** Nobody calls too often, and tokens outlive the drill: neither is what it is about. */
const VARS = {
  JWT_ACCESS_TTL: '3600',
  RATE_LIMIT_ANONYMOUS: '1000000',
  RATE_LIMIT_ACCOUNT: '1000000',
  RATE_LIMIT_LOGIN: '1000000',
}

/** What was written a moment ago is in the files even where a kill would be too quick for it. */
const WRITTEN_MS = 300

export async function startWorld(place: Place): Promise<World> {
  const sandbox = startSandbox(place)
  const start = (): Server => startApp(place, { vars: { ...sandboxAsProvider(place), ...VARS } })
  let app = start()
  const stop = async () => {
    await Promise.all([stopGroup(app), stopGroup(sandbox)])
  }
  try {
    await Promise.all([untilReady(sandbox, place), untilReady(app, place)])
  } catch (error) {
    await stop()
    throw error
  }
  return {
    place,
    downFor: async (handle) => {
      await pause(WRITTEN_MS)
      await killGroup(app)
      await handle()
      app = start()
      await untilReady(app, place)
    },
    stop,
  }
}
