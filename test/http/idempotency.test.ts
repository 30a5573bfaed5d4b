import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { canonicalJson, fingerprint } from '../../src/http/canonical.ts'
import type { App } from '../../src/http/context.ts'
import { defineRoute } from '../../src/http/route.ts'
import { errorOf, httpWorld } from '../support/http.ts'

const told = z.object({ key: z.string().nullable(), fingerprint: z.string().nullable() })

function probes(app: App): void {
  for (const idempotency of ['required', 'taken', 'none'] as const)
    defineRoute(
      app,
      {
        method: 'post',
        path: `/${idempotency}`,
        operationId: idempotency,
        summary: 'Probe',
        tag: 'Test',
        permission: 'public',
        idempotency,
        request: { body: z.object({ a: z.int().default(1), b: z.string().optional() }) },
        success: { status: 201, description: 'What was seen', schema: told },
        refusals: [],
      },
      (c) => ({
        ok: true,
        value: {
          key: c.var.idempotency?.key ?? null,
          fingerprint: c.var.idempotency?.fingerprint ?? null,
        },
        replayed: c.var.idempotency?.key === 'seen-before',
      }),
    )
}

type Told = z.infer<typeof told>

describe('an Idempotency-Key', () => {
  it('is asked for where it is required', async () => {
    const { post } = await httpWorld(probes)
    const response = await post('/api/v1/required', '{}')
    expect(response.status).toBe(400)
    expect((await errorOf(response)).details).toMatchObject({
      field: 'Idempotency-Key',
      reason: 'required',
    })
  })

  it('may be left out where it is only taken', async () => {
    const { post } = await httpWorld(probes)
    expect(await (await post('/api/v1/taken', '{}')).json()).toEqual({
      key: null,
      fingerprint: null,
    })
  })

  it.each(['', 'x'.repeat(256), 'tab\tinside'])('is refused when malformed (%j)', async (key) => {
    const { post } = await httpWorld(probes)
    for (const path of ['/api/v1/required', '/api/v1/taken']) {
      const response = await post(path, '{}', { 'Idempotency-Key': key })
      expect(response.status).toBe(400)
      expect((await errorOf(response)).details?.field).toBe('Idempotency-Key')
    }
  })

  it('may have 255 characters', async () => {
    const { post } = await httpWorld(probes)
    const key = `${'x'.repeat(254)}~`
    const response = await post('/api/v1/required', '{}', { 'Idempotency-Key': key })
    expect(response.status).toBe(201)
    expect((await response.json<Told>()).key).toBe(key)
  })

  it('comes with the same fingerprint for the same meaning, another for another', async () => {
    const { post } = await httpWorld(probes)
    const send = async (path: string, body: string) => {
      const response = await post(path, body, { 'Idempotency-Key': 'k' })
      return (await response.json<Told>()).fingerprint
    }
    const first = await send('/api/v1/required', '{"a":1,"b":"x"}')
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await send('/api/v1/required', ' { "b":"x" } ')).toBe(first)
    expect(await send('/api/v1/required', '{"a":2,"b":"x"}')).not.toBe(first)
    expect(await send('/api/v1/taken', '{"a":1,"b":"x"}')).not.toBe(first)
  })

  it('is not looked at where it means nothing', async () => {
    const { post } = await httpWorld(probes)
    const response = await post('/api/v1/none', '{}', { 'Idempotency-Key': 'x'.repeat(300) })
    expect(await response.json()).toEqual({ key: null, fingerprint: null })
  })

  it('marks the answer that was given before', async () => {
    const { post } = await httpWorld(probes)
    const again = await post('/api/v1/taken', '{}', { 'Idempotency-Key': 'seen-before' })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const first = await post('/api/v1/taken', '{}', { 'Idempotency-Key': 'new' })
    expect(first.headers.has('idempotent-replayed')).toBe(false)
  })
})

describe('the canonical form', () => {
  it('does not depend on the order of keys, at any depth', () => {
    const one = { b: [{ y: 1, x: null }], a: 'é', c: undefined }
    const other = { a: 'é', b: [{ x: null, y: 1 }] }
    expect(canonicalJson(one)).toBe('{"a":"é","b":[{"x":null,"y":1}]}')
    expect(canonicalJson(other)).toBe(canonicalJson(one))
  })

  it('depends on the order of lists and on types', async () => {
    expect(await fingerprint([1, 2])).not.toBe(await fingerprint([2, 1]))
    expect(await fingerprint({ a: 1 })).not.toBe(await fingerprint({ a: '1' }))
    expect(await fingerprint({ a: null })).not.toBe(await fingerprint({}))
  })
})
