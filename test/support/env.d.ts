import type { D1Migration } from 'cloudflare:test'
import type { Env as AppEnvironment } from '../../src/env.ts'

declare global {
  namespace Cloudflare {
    interface Env extends AppEnvironment {
      /** The migrations folder as vitest.config.ts read it. */
      MIGRATIONS: D1Migration[]
      /** How many lives the model test lives, and the seed of the first; set for long runs by hand. */
      MODEL_RUNS?: string
      MODEL_SEED?: string
    }
  }
}
