import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Env } from '../src/env.ts'
import { createHandlers } from '../src/handlers.ts'
import { systemRuntime, type LogLine } from '../src/runtime.ts'
import { JOB_QUEUE, jobMessage, kitchen } from './support/events-world.ts'
import { newSigningKey } from './support/identity.ts'

const bindings: Env = {
  ...env,
  ENVIRONMENT: 'development',
  JWT_KEYS: JSON.stringify([await newSigningKey('one')]),
  LINK_SECRET: 'long enough to be a secret of the tests',
  ENCRYPTION_KEYS: JSON.stringify([{ id: 'tests', key: 'a'.repeat(43) }]),
  TOSS_SECRET_KEY: 'test_sk_secret',
  TOSS_CLIENT_KEY: 'test_ck',
}

const open = () => {
  const lines: LogLine[] = []
  return { lines, handlers: createHandlers({ ...systemRuntime, log: (line) => lines.push(line) }) }
}

describe('the Worker’s other entries', () => {
  it('takes what the object sent by queue into the read model', async () => {
    const { handlers } = open()
    const restaurant = await kitchen()
    const { id } = await restaurant.place()
    const messages = restaurant.takeJobs().map((job, n) => ({
      id: `m${n}`,
      timestamp: new Date(),
      attempts: 1,
      body: jobMessage(job),
    }))
    const batch = createMessageBatch(JOB_QUEUE, messages)
    const ctx = createExecutionContext()
    await handlers.queue(batch, bindings, ctx)
    expect((await getQueueResult(batch, ctx)).explicitAcks).toHaveLength(messages.length)
    const row = await env.DB.prepare('SELECT status FROM order_index WHERE id = ?').bind(id).first()
    expect(row).toEqual({ status: 'PENDING' })
  })

  it('runs the jobs of the hour', async () => {
    const { handlers, lines } = open()
    const ctx = createExecutionContext()
    await handlers.scheduled(createScheduledController({ cron: '17 18 * * *' }), bindings, ctx)
    await waitOnExecutionContext(ctx)
    expect(lines.map(({ kind, job }) => [kind, job])).toEqual([
      ['cron-done', 'sweep-sessions'],
      ['cron-done', 'sweep-carts'],
      ['cron-done', 'sweep-dead-letters'],
      ['cron-done', 'sweep-reconciliations'],
      ['cron-done', 'sweep-deliveries'],
      ['cron-done', 'sweep-support-activity'],
      ['cron-done', 'sweep-alerts'],
      ['reconciliation-finished', undefined],
      ['cron-done', 'reconcile-everything'],
    ])
  })
})
