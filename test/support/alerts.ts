import { env } from 'cloudflare:workers'
import { createNotifiers } from '../../src/providers/notify/notifiers.ts'
import type { AlertReadings } from '../../src/db/repositories/alert-ports.ts'
import type { ChannelKind, AlertKind } from '../../src/domain/alerts/rule.ts'
import { addChannel } from '../../src/usecases/alerts/channels.ts'
import { evaluateAlerts } from '../../src/usecases/alerts/evaluate-alerts.ts'
import { sendAlerts } from '../../src/usecases/alerts/send-alerts.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { identityWorld } from './identity.ts'
import { silentMetrics } from './metrics.ts'
import { watched } from './log-watch.ts'

export const SLACK = 'https://hooks.slack.com/services/T0/B0/verysecret'
export const DISCORD = 'https://discord.com/api/webhooks/1/verysecret'
export const MINUTE = 60_000

export const ADMIN = { userId: 'admin', role: 'ADMIN', traceId: null } as const

const TABLES = ['rules', 'states', 'channels', 'messages', 'changes']

export const clearAlerts = () =>
  env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM alert_${table}`)))

const CALM: AlertReadings = {
  'outbox-lag': 0,
  'reconciliation-differences': 0,
  'dead-agenda-entries': 0,
  'low-stock': { values: new Map(), more: 0 },
  'coupons-nearly-gone': { values: new Map(), more: 0 },
  'nobody-listening': { values: new Map(), more: 0 },
}

interface Posted {
  url: string
  text: string
  at: number
}

/** Alerts over real D1; what is measured and who is outside are as the test says. */
export async function alertWorld() {
  const { world, deps: parts } = await identityWorld()
  const outside = {
    posted: [] as Posted[],
    answer: (_: Posted): Response | Promise<Response> => new Response('ok'),
  }
  const readings = { ...CALM }
  const fetch = async (request: Request): Promise<Response> => {
    const body: { text?: string; content?: string } = await request.json()
    const text = (body.text ?? body.content ?? '').replaceAll('\\', '')
    const posted = { url: request.url, text, at: world.now }
    outside.posted.push(posted)
    return outside.answer(posted)
  }
  const deps: Deps = {
    ...parts,
    metrics: silentMetrics,
    alertReader: { read: () => Promise.resolve(readings) },
    notifiers: createNotifiers({ fetch, now: () => world.now, mail: parts.mail }),
    log: watched((line) => world.logged.push(line)),
  }
  const channel = async (
    kind: ChannelKind = 'slack',
    address: string = SLACK,
    kinds: readonly AlertKind[] | null = null,
  ): Promise<string> => {
    const added = await addChannel(deps, { kind, name: '운영', address, kinds }, ADMIN)
    if (!added.ok) throw new Error(`refused: ${JSON.stringify(added.refusal)}`)
    return added.value.id
  }
  /** What the cron does, and a minute later. */
  async function minute(count = 1): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await evaluateAlerts(deps)
      await sendAlerts(deps)
      world.now += MINUTE
    }
  }
  /** First lines of what arrived, oldest first. */
  const titles = (): string[] =>
    outside.posted.map(({ text }) => text.split('\n')[0]!.replaceAll('*', '').split(' / ')[1]!)
  return { world, deps, outside, readings, channel, minute, titles }
}
