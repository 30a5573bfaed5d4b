import { setTimeout as pause } from 'node:timers/promises'
import { createApi, errorOf, type Api } from '../lib/api.ts'
import { fireCron, wranglerCrons } from '../lib/cron-ticker.ts'
import { openLive } from '../lib/live.ts'
import type { OrderJson, Page } from '../lib/shapes.ts'
import { compareStores, Findings } from './checks.ts'
import { copyAside, putBack } from './files.ts'
import { idsOf, setScene, type Scene } from './people.ts'
import type { World } from './world.ts'

const REBUILT_WITHIN_MS = 30_000
const REASON = { reason: 'a drill' }

interface Rebuilds {
  rebuilds: { id: string; projection: string }[]
}

const say = (line: string) => console.log(`  ${line}`)

/** Both restores, one after the other; 0 when everything holds. */
export async function runDrill(world: World): Promise<number> {
  const { place } = world
  const findings = new Findings()
  const scene = await setScene(createApi(place.app), place.state)
  const kept = await scene.order(3)
  const lost = await restoreTheRestaurant(world, scene, kept, findings)
  await restoreTheDatabase(world, scene, lost, findings)
  await world.stop()
  await compareStores(place, findings)
  for (const problem of findings.problems) say(`BROKEN  ${problem}`)
  say(`${findings.held} checks hold, ${findings.problems.length} are broken`)
  return findings.problems.length === 0 ? 0 : 1
}

/** Gives what was ordered after the copy and is gone. */
async function restoreTheRestaurant(
  world: World,
  scene: Scene,
  kept: readonly string[],
  findings: Findings,
): Promise<readonly string[]> {
  const { place } = world
  await settled(scene.api, place.app)
  await world.downFor(async () => {
    await copyAside(place, 'objects')
    await copyAside(place, 'database')
  })
  const lost = await scene.order(4)
  await scene.cancel(lost[0]!)
  await scene.cancel(kept[0]!)
  const number = await boardNumber(world, scene)
  await settled(scene.api, place.app)
  findings.expect(
    'before the restore all are listed',
    await listed(scene),
    [...kept, ...lost].toSorted(),
  )

  say('the restaurant is put back to before four orders and two cancellations')
  await world.downFor(() => putBack(place, 'objects'))
  const admin = await scene.admin()
  const path = `/admin/restaurants/${scene.restaurantId}/epoch`
  const begun = await scene.api.ask<Rebuilds & { epoch: number }>('POST', path, {
    token: admin,
    key: 'drill-epoch',
    body: REASON,
  })
  findings.expect('a new epoch begins', begun.epoch, 2)
  await rebuilt(scene.api, begun, admin, findings)
  findings.expect('what was undone is listed no more', await listed(scene), kept.toSorted())
  // More than was undone: the numbers pass the one that the board remembers.
  await scene.order(8)
  findings.expect(
    'an old number gets a snapshot',
    await firstWord(world, scene, number),
    'SNAPSHOT',
  )
  return lost
}

async function restoreTheDatabase(
  world: World,
  scene: Scene,
  lost: readonly string[],
  findings: Findings,
): Promise<void> {
  const { place } = world
  const { api } = scene
  await settled(api, place.app)
  const before = await listed(scene)
  const { access_token: token, refresh_token } = scene.member

  say('the database is put back to before the new epoch and everything since')
  await world.downFor(() => putBack(place, 'database'))
  const admin = await scene.admin()
  const restored = await api.ask<Rebuilds>('POST', '/admin/database/restored', {
    token: admin,
    key: 'drill-database',
    body: REASON,
  })
  for (const [rule, answer] of [
    ['a log-in from before has ended', await api.send('GET', '/wallet/balance', { token })],
    ['nor is it renewed', await api.send('POST', '/auth/refresh', { body: { refresh_token } })],
    ['nor the administrator’s', await api.send('GET', '/wallet/balance', { token: admin })],
  ] as const)
    findings.expect(rule, [answer.status, errorOf(answer)?.reason], [401, 'SESSION_ENDED'])
  await scene.comeBack()
  await rebuilt(api, restored, await scene.admin(), findings)
  const after = await listed(scene)
  findings.expect('the list is what it was', after, before)
  findings.expect(
    'and has nothing that was undone',
    after.filter((id) => lost.includes(id)),
    [],
  )
  await scene.order(1)
  await settled(api, place.app)
}

/** Lets queue and cron do what is left. */
async function settled(api: Api, app: string): Promise<void> {
  await pause(2_500)
  for (const cron of await wranglerCrons()) await fireCron(app, cron)
  await pause(500)
  await api.send('GET', '/health')
}

async function rebuilt(
  api: Api,
  { rebuilds }: Rebuilds,
  token: string,
  findings: Findings,
): Promise<void> {
  const deadline = Date.now() + REBUILT_WITHIN_MS
  for (const { id, projection } of rebuilds) {
    let state = 'RUNNING'
    while (state !== 'DONE' && Date.now() < deadline) {
      await pause(200)
      state = (await api.ask<{ state: string }>('GET', `/admin/rebuild/${id}`, { token })).state
    }
    findings.expect(`the rebuild of ${projection} comes to its end`, state, 'DONE')
  }
}

async function listed({ api, member }: Scene): Promise<string[]> {
  const token = member.access_token
  return idsOf((await api.ask<Page<OrderJson>>('GET', '/orders?limit=100', { token })).items)
}

async function openBoard({ place }: World, scene: Scene, after: number | null) {
  const path = `/ws/restaurants/${scene.restaurantId}`
  const live = await openLive({ origin: place.app, path, token: await scene.owner(), after })
  const { message } = await live.next(() => true, 'a first word')
  live.close()
  return message
}

const boardNumber = async (world: World, scene: Scene): Promise<number> =>
  (await openBoard(world, scene, null)).seq

const firstWord = async (world: World, scene: Scene, after: number): Promise<string> =>
  (await openBoard(world, scene, after)).type
