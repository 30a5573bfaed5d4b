import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  changeChannel,
  removeChannel,
  viewChannels,
} from '../../../src/usecases/alerts/channels.ts'
import { evaluateAlerts } from '../../../src/usecases/alerts/evaluate-alerts.ts'
import { readMessages } from '../../../src/usecases/alerts/read-alerts.ts'
import { sendAlerts } from '../../../src/usecases/alerts/send-alerts.ts'
import { sweepAlerts } from '../../../src/usecases/alerts/sweep-alerts.ts'
import { ADMIN, alertWorld, clearAlerts, DISCORD, MINUTE, SLACK } from '../../support/alerts.ts'

beforeEach(clearAlerts)

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const OTHER = 'https://hooks.slack.com/services/T0/B0/othersecret'
const answers =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(null, { status, headers })

type World = Awaited<ReturnType<typeof alertWorld>>
const kept = async ({ deps }: World, channelId: string) => {
  const read = await readMessages(deps, channelId, { limit: 100, beforeId: null })
  if (!read.ok) throw new Error(read.refusal.kind)
  return read.value.toReversed()
}
/** An alert begins, or ends. */
async function turns(world: World, state: 'FIRING' | 'OK'): Promise<void> {
  world.readings['reconciliation-differences'] = state === 'FIRING' ? 1 : 0
  await evaluateAlerts(world.deps)
}

describe('a channel that does not answer', () => {
  it('is told when it does again, everything in order', async () => {
    const world = await alertWorld()
    const { outside, minute, titles } = world
    const id = await world.channel()
    outside.answer = answers(503)
    await turns(world, 'FIRING')
    await minute()
    await turns(world, 'OK')
    await minute(1)
    outside.posted.length = 0
    outside.answer = answers(200)
    await minute(5)
    expect(titles().map((title) => title.split(':')[0])).toEqual(['Alert', 'Over'])
    expect(await kept(world, id)).toMatchObject([
      { news: 'FIRING', nextAt: null, lastError: null },
      { news: 'OK', nextAt: null, lastError: null },
    ])
  })

  it('keeps no other channel waiting', async () => {
    const world = await alertWorld()
    const { outside, minute } = world
    await world.channel()
    await world.channel('discord', DISCORD)
    outside.answer = ({ url }) => new Response(null, { status: url === SLACK ? 503 : 204 })
    await turns(world, 'FIRING')
    await minute()
    await turns(world, 'OK')
    await minute()
    expect(outside.posted.filter(({ url }) => url === DISCORD)).toHaveLength(2)
  })

  it('is given up after ten tries over a day, and that is seen', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    const id = await world.channel()
    outside.answer = answers(500)
    await turns(world, 'FIRING')
    const began = world.world.now
    for (let n = 0; n < 27 * 6; n += 1) {
      await sendAlerts(deps)
      world.world.now += 10 * MINUTE
    }
    expect(outside.posted).toHaveLength(10)
    expect(outside.posted.at(-1)!.at - began).toBeGreaterThanOrEqual(DAY)
    expect(await kept(world, id)).toMatchObject([
      { attempts: 10, nextAt: null, sentAt: null, lastError: 'STATUS_500' },
    ])
    expect(await viewChannels(deps)).toMatchObject([{ id, waiting: 0, givenUp: 1 }])
  })

  it('leaves no queue behind: what waited for a day is given up with the first', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    const id = await world.channel()
    outside.answer = answers(500)
    for (const state of ['FIRING', 'OK', 'FIRING'] as const) {
      await turns(world, state)
      world.world.now += MINUTE
    }
    for (let n = 0; n < 27 * 6; n += 1) {
      await sendAlerts(deps)
      world.world.now += 10 * MINUTE
    }
    expect((await kept(world, id)).map(({ nextAt, lastError }) => [nextAt, lastError])).toEqual([
      [null, 'STATUS_500'],
      [null, 'STATUS_500'],
      [null, 'STATUS_500'],
    ])
    expect(outside.posted).toHaveLength(12)
    await turns(world, 'OK')
    outside.answer = answers(200)
    await sendAlerts(deps)
    expect((await kept(world, id)).at(-1)).toMatchObject({ news: 'OK', lastError: null })
  })

  it('is left alone as long as it asks to be', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    await world.channel()
    outside.answer = answers(429, { 'retry-after': '600' })
    await turns(world, 'FIRING')
    await sendAlerts(deps)
    world.world.now += 10 * MINUTE - 1
    await sendAlerts(deps)
    expect(outside.posted).toHaveLength(1)
    world.world.now += 1
    await sendAlerts(deps)
    expect(outside.posted).toHaveLength(2)
  })
})

describe('a channel that is no more', () => {
  it('is given up at once where the service says so, and what comes next is tried', async () => {
    const world = await alertWorld()
    const { outside, deps } = world
    const id = await world.channel()
    outside.answer = answers(404)
    await turns(world, 'FIRING')
    await sendAlerts(deps)
    expect(await kept(world, id)).toMatchObject([
      { attempts: 1, nextAt: null, sentAt: null, lastError: 'STATUS_404' },
    ])
    world.world.now += MINUTE
    await turns(world, 'OK')
    outside.answer = answers(200)
    await sendAlerts(deps)
    expect((await kept(world, id))[1]).toMatchObject({ news: 'OK', lastError: null })
  })

  it('is sent nothing of what it was still owed', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    const id = await world.channel()
    await turns(world, 'FIRING')
    await removeChannel(deps, id, ADMIN)
    await sendAlerts(deps)
    expect(outside.posted).toEqual([])
    expect(await kept(world, id)).toMatchObject([{ nextAt: null, lastError: 'CHANNEL_REMOVED' }])
    expect(await viewChannels(deps)).toEqual([])
    const row = await env.DB.prepare('SELECT * FROM alert_channels').first()
    expect(row).toMatchObject({ id, sealed: '', hint: '', name: '' })
  })

  it('is sent nothing while it is off, neither before nor after', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    const id = await world.channel()
    await turns(world, 'FIRING')
    await changeChannel(deps, id, { enabled: false }, ADMIN)
    await sendAlerts(deps)
    world.world.now += MINUTE
    await turns(world, 'OK')
    await sendAlerts(deps)
    expect(outside.posted).toEqual([])
    expect(await kept(world, id)).toMatchObject([{ nextAt: null, lastError: 'CHANNEL_OFF' }])
  })

  it('is sent nothing where its address cannot be opened any more', async () => {
    const world = await alertWorld()
    const id = await world.channel()
    await env.DB.prepare("UPDATE alert_channels SET sealed = 'of another key'").run()
    await turns(world, 'FIRING')
    await sendAlerts(world.deps)
    expect(await kept(world, id)).toMatchObject([{ lastError: 'CANNOT_BE_OPENED' }])
  })

  it('gets what waits at the address that it has by then', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    const id = await world.channel()
    await turns(world, 'FIRING')
    await changeChannel(deps, id, { address: OTHER }, ADMIN)
    await sendAlerts(deps)
    expect(outside.posted.map(({ url }) => url)).toEqual([OTHER])
  })
})

describe('two runs at once', () => {
  it('send a message once', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    await world.channel()
    await turns(world, 'FIRING')
    await Promise.all([sendAlerts(deps), sendAlerts(deps)])
    expect(outside.posted).toHaveLength(1)
  })

  it('send it again where the first never came to say what became of it', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    await world.channel()
    await turns(world, 'FIRING')
    const cut = { ...deps.alertMessages, settle: () => Promise.reject(new Error('cut off')) }
    await expect(sendAlerts({ ...deps, alertMessages: cut })).rejects.toThrow('cut off')
    world.world.now += MINUTE
    await sendAlerts(deps)
    expect(outside.posted).toHaveLength(1)
    world.world.now += MINUTE
    await sendAlerts(deps)
    expect(outside.posted).toHaveLength(2)
  })
})

describe('many messages at once', () => {
  it('are told a few at a time, in order, and all of them', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    await world.channel()
    for (let n = 0; n < 13; n += 1) {
      await turns(world, n % 2 === 0 ? 'FIRING' : 'OK')
      world.world.now += MINUTE
    }
    await sendAlerts(deps)
    expect(outside.posted).toHaveLength(10)
    await sendAlerts(deps)
    expect(world.titles().map((title) => title.split(':')[0])).toEqual(
      Array.from({ length: 13 }, (_, n) => (n % 2 === 0 ? 'Alert' : 'Over')),
    )
  })
})

describe('the sweep', () => {
  it('forgets messages after 30 days, those that wait excepted, and history after half a year', async () => {
    const world = await alertWorld()
    const { deps, outside } = world
    const id = await world.channel()
    await turns(world, 'FIRING')
    await sendAlerts(deps)
    world.world.now += MINUTE
    await turns(world, 'OK')
    outside.answer = answers(503)
    world.world.now += 30 * DAY
    expect(await sweepAlerts(deps)).toEqual({ messages: 1, changes: 0 })
    expect(await kept(world, id)).toMatchObject([{ news: 'OK' }])
    world.world.now += 151 * DAY
    expect((await sweepAlerts(deps)).changes).toBe(2)
    expect(await sweepAlerts(deps)).toEqual({ messages: 0, changes: 0 })
  })
})
