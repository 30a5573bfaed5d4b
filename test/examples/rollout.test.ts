import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { login, signIn } from '../../scripts/lib/account.ts'
import { CUSTOMER, OWNER } from '../../scripts/lib/demo-data.ts'
import type { OrderJson, Page } from '../../scripts/lib/shapes.ts'
import { readFigures } from '../../scripts/rollout/figures.ts'
import { lookAt } from '../../scripts/rollout/look.ts'
import { rollOut, type Hands, type Share } from '../../scripts/rollout/run.ts'
import { LIMITS } from '../../scripts/rollout/verdict.ts'
import { openRestaurant, startServer, type Served } from './served.ts'

const TOKEN = randomBytes(24).toString('hex')
const FEWEST = 40

/** What a deployment would have to have besides the server that is there. */
describe('a rollout against a started server', { timeout: 90_000 }, () => {
  let served: Served
  let restaurant: string
  let token: string
  beforeAll(async () => {
    served = await startServer({ METRICS_TOKEN: TOKEN })
    restaurant = (await openRestaurant(served.api, 'rollout')).id
    const guest = { ...CUSTOMER, email: 'rollout-guest@example.com' }
    token = (await signIn(served.api, guest)).access_token
  }, 120_000)
  afterAll(() => served.stop())

  /** Everybody keeps calling; counts are handed on every few seconds of work. */
  async function traffic(forMs: number): Promise<void> {
    const until = Date.now() + forMs
    while (Date.now() < until) {
      await Promise.all([
        served.api.send('GET', `/restaurants/${restaurant}/menu`),
        served.api.send('GET', '/orders', { token }),
      ])
      await pause(40)
    }
  }

  const handsOf = (deployed: (shares: readonly Share[]) => Promise<void>) => {
    const said: string[] = []
    const subject = { origin: served.origin, worker: 'ordersync', restaurant, order: false }
    const hands: Hands = {
      current: () => Promise.resolve([{ version: 'old', percent: 100 }]),
      migrate: () => Promise.resolve(),
      upload: () => Promise.resolve('new'),
      deploy: async (shares) => {
        said.push(shares.map(({ version, percent }) => `${version}@${percent}`).join(' '))
        await deployed(shares)
      },
      triggers: () => Promise.resolve(),
      figures: async () => {
        const headers = { authorization: `Bearer ${TOKEN}` }
        const answer = await fetch(`${served.origin}/metrics`, { headers })
        expect(answer.status).toBe(200)
        return readFigures(await answer.text())
      },
      look: () => lookAt(subject, null),
      pause: traffic,
      say: () => undefined,
    }
    return { hands, said }
  }
  const plan = {
    ...{ steps: [50, 100], settleMs: 0, watchMs: 6_000, everyMs: 6_000, patienceMs: 12_000 },
    limits: { ...LIMITS, fewestRequests: FEWEST, slowerSeconds: 5 },
  }

  it('comes to its end while all is well', async () => {
    const { hands, said } = handsOf(() => Promise.resolve())
    expect(await rollOut(hands, plan)).toEqual({ kind: 'done', version: 'new' })
    expect(said).toEqual(['new@0 old@100', 'new@50 old@50', 'new@100'])
  })

  it('goes back when requests begin to fail, and all is well again', async () => {
    const { hands, said } = handsOf(async (shares) => {
      const isThere = shares.some(({ version, percent }) => version === 'new' && percent > 0)
      await served.setFaults({ d1_down: isThere })
    })
    const { look } = hands
    // Those who ask are well: it is guests who are not.
    hands.look = (version) => (version === null ? look(null) : Promise.resolve([]))
    expect(await rollOut(hands, plan)).toMatchObject({
      kind: 'back',
      reason: expect.stringContaining('of its requests fail') as string,
    })
    expect(said.at(-1)).toBe('old@100')
    expect(await look(null)).toEqual([])
  })

  it('is only said by the command in a dry run', async () => {
    const args = ['--url', served.origin, '--env', 'staging', '--minutes', '0.02', '--dry-run']
    const { code, output } = await rollout([...args, '--steps', '100'])
    // A change of the objects' classes is refused before anything else.
    if (code === 2) expect(output).toContain('the classes of objects change')
    else expect([code, output]).toEqual([0, expect.stringContaining('uploaded takes all')])
  })

  it('orders at the demo restaurant that staging is given over the API, and calls it off', async () => {
    const seeded = (password: string) =>
      command(['scripts/seed.ts', '--url', served.origin], { SEED_PASSWORD: password })
    expect((await seeded('tasty-chicken-house')).output).toContain('of your own')
    const password = randomBytes(12).toString('hex')
    const { output } = await seeded(password)
    const [, id = ''] = /things made: ([0-9a-f-]{36})/.exec(output) ?? []
    const subject = {
      origin: served.origin,
      worker: 'ordersync-staging',
      restaurant: id,
      order: true,
    }
    expect(await lookAt(subject, null)).toEqual([])
    expect(await lookAt(subject, 'a-version')).toEqual([])
    const { access_token } = await login(served.api, { ...OWNER, password })
    const { items } = await served.api.ask<Page<OrderJson>>('GET', '/restaurants/me/orders', {
      token: access_token,
    })
    expect(items.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED'])
    expect((await seeded(password)).output).toContain('Everything was there')
  })

  it('does not begin without a scrape token, nor for development', async () => {
    const at = ['--url', served.origin, '--env']
    const [without, development] = await Promise.all([
      rollout([...at, 'staging'], ''),
      rollout([...at, 'development']),
    ])
    expect(without).toEqual({ code: 2, output: expect.stringContaining('METRICS_TOKEN') as string })
    expect(development).toEqual({ code: 2, output: expect.stringContaining('staging') as string })
  })
})

const rollout = (args: readonly string[], scrapeToken = TOKEN) =>
  command(['scripts/rollout.ts', ...args], { METRICS_TOKEN: scrapeToken })

const command = (args: readonly string[], settings: Record<string, string>) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...settings } })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })
