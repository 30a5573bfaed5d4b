import { describe, expect, it, vi } from 'vitest'
import { deliveryWorld, orderEvents, owedTo } from '../support/deliveries.ts'
import { deliver as consumed } from '../support/events-world.ts'
import type { Deps } from '../../src/usecases/deps.ts'

/** As many as the platform lets one invocation have. */
const CONNECTIONS = 6
const RESTAURANTS = 8

const messageFor = (destinationId: string) => ({ v: 1, kind: 'deliver', destinationId })

/** Destinations behind one invocation's connections; some of them never answer. */
async function behindOneInvocation(silent: number) {
  const { world, deps, endpoint, owe, deliver } = deliveryWorld()
  const kitchens = Array.from({ length: RESTAURANTS }, () => orderEvents())
  const named = async (name: string) => {
    const { id } = await endpoint({}, { url: `https://${name}.test/hook` })
    return { id, name }
  }
  const dead = await Promise.all(Array.from({ length: silent }, (_, n) => named(`silent-${n}`)))
  const alive = await named('alive')
  const owed = () => owe(...kitchens.map(({ event }) => event('STATUS_CHANGED')))
  await owed()
  let open = 0
  const waiting: (() => void)[] = []
  const hanging = new Set<() => void>()
  let givenUp = false
  world.answer = async ({ url }) => {
    if (open >= CONNECTIONS) await new Promise<void>((free) => waiting.push(free))
    open += 1
    if (url.includes('silent') && !givenUp)
      await new Promise<void>((timeOut) => hanging.add(timeOut))
    open -= 1
    waiting.shift()?.()
    return new Response(null, { status: url.includes('silent') ? 503 : 204 })
  }
  /** What a time-out does to all that hang. */
  const giveUp = () => {
    givenUp = true
    for (const timeOut of hanging) timeOut()
  }
  const hangAgain = () => {
    givenUp = false
    hanging.clear()
  }
  const arrivedAlive = async () =>
    (await owedTo(alive.id)).filter(({ state }) => state === 'DONE').length
  const batch = [...dead, alive].map(({ id }) => messageFor(id))
  const run = () => consumed(deps as Deps, batch)
  return { world, dead, alive, hanging, giveUp, hangAgain, arrivedAlive, run, owed, deliver }
}

describe('destinations that share a batch of the queue', () => {
  it.each([1, 3, 5])(
    'get what they are owed while %i others never answer',
    async (silent) => {
      const { hanging, giveUp, arrivedAlive, run } = await behindOneInvocation(silent)
      const running = run()
      await vi.waitFor(async () => expect(await arrivedAlive()).toBe(RESTAURANTS), 10_000)
      expect(hanging.size).toBe(silent)
      giveUp()
      await running
    },
    20_000,
  )

  it('get it however many others have not answered before', async () => {
    const made = await behindOneInvocation(7)
    const { world, dead, hanging, giveUp, hangAgain, arrivedAlive, run, owed } = made
    giveUp()
    for (const { id } of dead) await made.deliver(id)
    hangAgain()
    world.now += 10 * 60_000
    await owed()
    const running = run()
    await vi.waitFor(async () => expect(await arrivedAlive()).toBe(2 * RESTAURANTS), 10_000)
    expect(hanging.size).toBe(2)
    giveUp()
    expect((await running).acked).toHaveLength(8)
    // Each of them had its turn.
    for (const { id } of dead)
      expect((await owedTo(id)).reduce((tries, { attempts }) => tries + attempts, 0)).toBe(6)
  }, 20_000)
})
