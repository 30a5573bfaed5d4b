import { beforeEach, describe, expect, it } from 'vitest'
import { WATCHED } from '../../../src/domain/alerts/rule.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import { evaluateAlerts } from '../../../src/usecases/alerts/evaluate-alerts.ts'
import { readAlerts } from '../../../src/usecases/alerts/read-alerts.ts'
import { setRules } from '../../../src/usecases/alerts/rules.ts'
import { ADMIN, alertWorld, clearAlerts, DISCORD, MINUTE, SLACK } from '../../support/alerts.ts'
import { silentMetrics } from '../../support/metrics.ts'

beforeEach(clearAlerts)

const HOUR = 60 * MINUTE
const BOOKS = 'The books do not agree'
const LOW = 'Restaurants run low on stock'
const failing = () => Promise.reject(new StorageUnavailableError(new Error('away')))
const fires = async (deps: Parameters<typeof readAlerts>[0]) => {
  const { firing } = await readAlerts(deps, { limit: 100, beforeId: null })
  return firing.map(({ kind, subjectId }) => [kind, subjectId])
}
const low = (counts: Record<string, number>, more = 0) => ({
  values: new Map(Object.entries(counts)),
  more,
})

describe('an alert, minute by minute', () => {
  it('is told once, reminded of after four hours, and told when it is over', async () => {
    const { world, readings, channel, minute, titles } = await alertWorld()
    await channel()
    readings['reconciliation-differences'] = 2
    await minute(3)
    world.now += 4 * HOUR - 4 * MINUTE
    await minute()
    expect(titles()).toEqual([`Alert: ${BOOKS}`])
    await minute(3)
    expect(titles()).toEqual([`Alert: ${BOOKS}`, `Still firing: ${BOOKS}`])
    readings['reconciliation-differences'] = 0
    await minute(3)
    expect(titles().slice(2)).toEqual([`Over: ${BOOKS}`])
  })

  it('says nothing where nothing is the matter', async () => {
    const { channel, minute, titles } = await alertWorld()
    await channel()
    await minute(3)
    expect(titles()).toEqual([])
  })

  it('ends when its rule is switched off, and people hear why', async () => {
    const { deps, readings, channel, minute, titles } = await alertWorld()
    await channel()
    readings['reconciliation-differences'] = 2
    await minute()
    const rule = { ...WATCHED['reconciliation-differences'].rule, enabled: false }
    await setRules(deps, [{ kind: 'reconciliation-differences', ...rule }], ADMIN)
    await minute(2)
    expect(titles()).toEqual([`Alert: ${BOOKS}`, `Switched off: ${BOOKS}`])
    expect(await fires(deps)).toEqual([])
  })

  it('follows a rule from the minute it is set', async () => {
    const { deps, readings, channel, minute, titles } = await alertWorld()
    await channel()
    const rule = { enabled: true, firesAt: 10, clearsAt: 5, holdSeconds: 0 }
    await setRules(deps, [{ kind: 'reconciliation-differences', ...rule }], ADMIN)
    readings['reconciliation-differences'] = 9
    await minute(2)
    expect(titles()).toEqual([])
    readings['reconciliation-differences'] = 10
    await minute()
    expect(titles()).toEqual([`Alert: ${BOOKS}`])
  })
})

describe('what cannot be measured', () => {
  it('stays as it is and is told in the log; the rest goes on', async () => {
    const { deps, world, readings, channel, minute, titles } = await alertWorld()
    await channel()
    readings['reconciliation-differences'] = 1
    await minute()
    const { alertReader } = deps
    deps.alertReader = { read: failing }
    deps.metrics = {
      ...silentMetrics,
      window: (seconds) =>
        Promise.resolve({
          ...{ seconds, histograms: [] },
          counters: [{ name: 'http_requests_total', labels: { class: '5xx' }, value: 30 }],
        }),
    }
    await minute(2)
    world.now += 5 * HOUR
    await minute(2)
    const OURS = 'Many answers are server errors'
    expect(titles()).toEqual([`Alert: ${BOOKS}`, `Alert: ${OURS}`, `Still firing: ${OURS}`])
    expect(await fires(deps)).toEqual([
      ['reconciliation-differences', ''],
      ['http-5xx', ''],
    ])
    expect(world.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', kind: 'alerts-unknown', source: 'database' }),
    )
    deps.alertReader = alertReader
    readings['reconciliation-differences'] = 0
    await minute()
    expect(titles().at(-1)).toBe(`Over: ${BOOKS}`)
  })

  it('is not taken for calm: figures that are away end nothing', async () => {
    const { deps, world, channel, minute } = await alertWorld()
    await channel()
    deps.metrics = { ...silentMetrics, window: () => Promise.reject(new Error('object away')) }
    const figures = await evaluateAlerts(deps)
    expect(figures.unknown).toBe(2)
    await minute()
    expect(world.logged).toContainEqual(
      expect.objectContaining({ kind: 'alerts-unknown', source: 'metrics' }),
    )
  })
})

describe('two evaluations at once', () => {
  it('tell of it once', async () => {
    const { deps, world, readings, channel, minute, titles } = await alertWorld()
    await channel()
    await minute()
    readings['reconciliation-differences'] = 1
    const book = await deps.alerts.book()
    await evaluateAlerts(deps)
    world.now += 1
    const late = await evaluateAlerts({
      ...deps,
      alerts: { ...deps.alerts, book: () => Promise.resolve(book) },
    })
    expect(late).toMatchObject({ news: 0, messages: 0 })
    await minute()
    expect(titles()).toEqual([`Alert: ${BOOKS}`])
    const { changes } = await readAlerts(deps, { limit: 100, beforeId: null })
    expect(changes).toHaveLength(1)
  })
})

describe('restaurants', () => {
  it('have alerts of their own, which begin and end apart and are told together', async () => {
    const { deps, outside, readings, channel, minute, titles } = await alertWorld()
    await channel()
    readings['low-stock'] = low({ a: 1, b: 3 })
    await minute(6)
    expect(titles()).toEqual([`Alert: ${LOW}`])
    expect(outside.posted[0]!.text).toMatch(/b: .*3\na: .*1/)
    expect(await fires(deps)).toEqual([
      ['low-stock', 'b'],
      ['low-stock', 'a'],
    ])
    readings['low-stock'] = low({ b: 3 })
    await minute(7)
    expect(titles()).toEqual([`Alert: ${LOW}`, `Over: ${LOW}`])
    expect(outside.posted[1]!.text).toContain('a: ')
    expect(outside.posted[1]!.text).not.toContain('b: ')
    expect(await fires(deps)).toEqual([['low-stock', 'b']])
  })

  it('that nothing is to be remembered of leave no row', async () => {
    const { deps, readings, minute } = await alertWorld()
    readings['low-stock'] = low({ a: 1 })
    await minute(6)
    readings['low-stock'] = low({})
    await minute(7)
    const { standings } = await deps.alerts.book()
    expect(standings.filter(({ subjectId }) => subjectId !== '')).toEqual([])
    expect(standings).toHaveLength(8)
  })

  it('beyond those that are told apart are counted, and are an alert too', async () => {
    const { outside, readings, channel, minute, titles } = await alertWorld()
    await channel()
    readings['low-stock'] = low({ a: 9 }, 12)
    await minute(6)
    expect(titles()).toEqual([`Alert: ${LOW}`])
    expect(outside.posted[0]!.text).toContain('and 12 more restaurants')
  })

  it('are not forgotten where nobody knows how they are', async () => {
    const { deps, readings, channel, minute } = await alertWorld()
    await channel()
    readings['low-stock'] = low({ a: 1 })
    await minute(6)
    deps.alertReader = { read: failing }
    await minute(10)
    expect(await fires(deps)).toEqual([['low-stock', 'a']])
  })
})

describe('who is told', () => {
  it('is the deployment’s own channel while there is no other', async () => {
    const { deps, outside, readings, channel, minute } = await alertWorld()
    deps.settings.outgoing.discordWebhookUrl = DISCORD
    readings['reconciliation-differences'] = 1
    await minute()
    expect(outside.posted.map(({ url }) => url)).toEqual([DISCORD])
    await channel()
    readings['reconciliation-differences'] = 0
    await minute()
    expect(outside.posted.map(({ url }) => new URL(url).host)).toEqual([
      'discord.com',
      'hooks.slack.com',
    ])
  })

  it('is nobody where there is none; what fired is known all the same', async () => {
    const { deps, outside, readings, minute } = await alertWorld()
    readings['reconciliation-differences'] = 1
    await minute()
    expect(outside.posted).toEqual([])
    const { changes } = await readAlerts(deps, { limit: 10, beforeId: null })
    expect(changes).toMatchObject([{ kind: 'reconciliation-differences', news: 'FIRING' }])
  })

  it('are channels that asked for the kind', async () => {
    const { outside, readings, channel, minute } = await alertWorld()
    await channel('slack', SLACK, ['low-stock'])
    await channel('discord', DISCORD, ['reconciliation-differences'])
    readings['reconciliation-differences'] = 1
    await minute()
    expect(outside.posted.map(({ url }) => url)).toEqual([DISCORD])
  })

  it('are people by e-mail too', async () => {
    const { world, readings, channel, minute } = await alertWorld()
    await channel('email', 'ops@example.com')
    readings['reconciliation-differences'] = 1
    await minute()
    expect(world.mailed).toMatchObject([
      { to: 'ops@example.com', subject: expect.stringContaining(BOOKS) as string },
    ])
  })
})

describe('the log', () => {
  it('has each alert with its figure, and no name and no address', async () => {
    const { world, readings, channel, minute } = await alertWorld()
    await channel()
    readings['reconciliation-differences'] = 4
    await minute()
    expect(world.logged).toContainEqual({
      ...{ level: 'warn', kind: 'alert', alert: 'reconciliation-differences' },
      ...{ restaurantId: null, news: 'FIRING', value: 4 },
    })
    expect(JSON.stringify(world.logged)).not.toContain('verysecret')
  })
})
