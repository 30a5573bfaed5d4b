import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { act } from '../support/model/actions.ts'
import { bringHome } from '../support/model/home.ts'
import { holds, Reader } from '../support/model/invariants.ts'
import { openWorld } from '../support/model/world.ts'

const RUNS = Number(env.MODEL_RUNS ?? 16)
const FIRST_SEED = Number(env.MODEL_SEED ?? 1)
const STEPS = 140
const SECONDS_PER_RUN = 30

/** One life of a restaurant: random steps, and after each everything that must hold. */
async function live(seed: number): Promise<void> {
  const world = await openWorld(seed)
  const reader = new Reader()
  try {
    reader.read(world.before!)
    for (let step = 0; step < STEPS; step += 1) {
      await act(world)
      world.before = await world.snapshot()
      reader.read(world.before)
      holds(world.before, world, reader)
    }
    world.log.push('home')
    await bringHome(world, reader)
  } catch (error) {
    const last = world.log.slice(-25).join('\n  ')
    console.error(`MODEL_SEED=${seed} MODEL_RUNS=1, step ${world.log.length}:\n  ${last}`)
    throw error
  }
}

describe('a restaurant in which anything may happen', () => {
  it.each(Array.from({ length: RUNS }, (_, run) => FIRST_SEED + run))(
    'keeps its promises (seed %i)',
    live,
    SECONDS_PER_RUN * 1_000,
  )
})
