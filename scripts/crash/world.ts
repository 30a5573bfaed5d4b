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

/** The servers under test: the sandbox stays up as the outside world does, the app is killed. */
export interface World {
  place: Place
  /** SIGKILL to the app, then the same app again on the same storage. */
  crash: (downMs: number) => Promise<void>
  stop: () => Promise<void>
}

/** Tokens outlive the test and nobody calls too often: neither is what it is about. */
const VARS = {
  JWT_ACCESS_TTL: '86400',
  GUEST_TTL: '86400',
  RATE_LIMIT_ANONYMOUS: '1000000',
  RATE_LIMIT_VISIT: '1000000',
  RATE_LIMIT_ACCOUNT: '1000000',
  RATE_LIMIT_LOGIN: '1000000',
  RATE_LIMIT_GUEST_TOKEN: '1000000',
  RATE_LIMIT_COUPON_CLAIM: '1000000',
}

export async function startWorld(place: Place): Promise<World> {
  const sandbox = startSandbox(place)
  const start = (): Server => startApp(place, { vars: { ...sandboxAsProvider(place), ...VARS } })
  let app = start()
  let stopping = false
  const stop = async () => {
    stopping = true
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
    crash: async (downMs) => {
      await killGroup(app)
      await pause(downMs)
      if (stopping) return
      app = start()
      await untilReady(app, place)
    },
    stop,
  }
}
