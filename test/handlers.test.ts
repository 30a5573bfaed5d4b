import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createComposer } from '../src/compose.ts'
import type { Report } from '../src/domain/jobs.ts'
import type { QueryEnvelope } from '../src/domain/queries.ts'
import type { Env } from '../src/env.ts'
import { createHandlers } from '../src/handlers.ts'
import { fromText, toText, type Text } from '../src/restaurant/wire.ts'
import type { Runtime } from '../src/runtime.ts'
import { newSigningKey, random } from './support/identity.ts'

const runtime: Runtime = {
  now: () => Date.UTC(2026, 10, 20, 3),
  random,
  fetch: () => Promise.reject(new Error('nothing outside in tests')),
  log: () => undefined,
}

const goodEnv = async (): Promise<Env> => ({
  ...env,
  ENVIRONMENT: 'development',
  JWT_KEYS: JSON.stringify([await newSigningKey('one')]),
  LINK_SECRET: 'long enough to be a secret of the tests',
  ENCRYPTION_KEYS: JSON.stringify([{ id: 'tests', key: 'a'.repeat(43) }]),
  TOSS_SECRET_KEY: 'test_sk_secret',
  TOSS_CLIENT_KEY: 'test_ck',
})

describe('serving a request', () => {
  it('answers over the real bindings', async () => {
    const handlers = createHandlers(runtime)
    const ctx = createExecutionContext()
    const response = await handlers.fetch(
      new Request('http://ordersync.test/health/ready'),
      await goodEnv(),
      ctx,
    )
    await waitOnExecutionContext(ctx)
    expect(response.status).toBe(200)
  })

  it('says what is wrong with a bad environment, but not what its secrets are', async () => {
    const compose = createComposer(runtime)
    const bad = { ...(await goodEnv()), JWT_KEYS: '["secret"]', LINK_SECRET: 'short-secret' }
    const failing = () => compose(bad, createExecutionContext())
    expect(failing).toThrow(/JWT_KEYS.*LINK_SECRET/)
    expect(failing).not.toThrow(/secret"|short-secret/)
  })
})

describe('work that must reach its end', () => {
  it('is waited for after the caller has gone, and fails only for the caller', async () => {
    const waited: Promise<unknown>[] = []
    const { deps } = createComposer(runtime)(await goodEnv(), {
      waitUntil: (work) => waited.push(work),
    })
    expect(await deps.toTheEnd(() => Promise.resolve(7))).toBe(7)
    await expect(deps.toTheEnd(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(waited).toHaveLength(2)
    await expect(Promise.all(waited)).resolves.toHaveLength(2)
  })

  it('starts the jobs that a call committed; one that fails is left to its lease', async () => {
    const refund = {
      kind: 'refund',
      restaurantId: 'r',
      refundId: 'f',
      paymentId: 'p',
      provider: 'toss',
      providerKey: 'key',
      amount: 1,
      reason: 'cold',
      attempt: 1,
    }
    const reported: string[] = []
    const object = {
      reportText: (report: Text<Report>) => {
        const { kind } = fromText(report)
        reported.push(kind)
        if (kind === 'refunded') return Promise.reject(new Error('object away'))
        return Promise.resolve(toText({ outcome: {}, jobs: [refund] }))
      },
      queryText: (asked: Text<QueryEnvelope>) => {
        const kept = { refund: { status: 'REQUESTED', attempt: 1 }, sealedAccount: null }
        const value =
          fromText(asked).query.type === 'refund' ? kept : { restaurantId: 'r', sealed: {} }
        return Promise.resolve(toText({ ok: true, value }))
      },
    }
    const RESTAURANTS = { getByName: () => object } as unknown as Env['RESTAURANTS']
    const lines: string[] = []
    const waited: Promise<unknown>[] = []
    const compose = createComposer({ ...runtime, log: ({ kind }) => lines.push(kind) })
    const { deps } = compose(
      { ...(await goodEnv()), RESTAURANTS },
      { waitUntil: (work) => waited.push(work) },
    )
    await deps.restaurants('r').report({ kind: 'published', epoch: 1, fromSeq: 1, toSeq: 1 })
    await Promise.all(waited)
    expect(reported).toEqual(['published', 'refunded'])
    expect(lines).toContain('job-failed')
  })
})
