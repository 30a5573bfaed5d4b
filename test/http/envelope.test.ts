import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { defineRoute } from '../../src/http/route.ts'
import { errorOf, httpWorld } from '../support/http.ts'

const echo = (app: App) =>
  defineRoute(
    app,
    {
      method: 'post',
      path: '/echo',
      operationId: 'echo',
      summary: 'Echo',
      tag: 'Test',
      permission: 'public',
      idempotency: 'none',
      request: {
        body: z.strictObject({
          name: z.string().min(2).max(5),
          count: z.int().min(1).default(1),
          kind: z.enum(['A', 'B']).optional(),
          lines: z.array(z.strictObject({ quantity: z.int().min(1) })).optional(),
        }),
      },
      success: { status: 200, description: 'The same', schema: z.record(z.string(), z.unknown()) },
      refusals: [],
    },
    (c) => ({ ok: true, value: c.req.valid('json') }),
  )

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
const LONG = JSON.stringify({ name: 'x'.repeat(1_000) })

describe('sending a body', () => {
  it('takes JSON and fills in what has a default', async () => {
    const { post } = await httpWorld(echo)
    const response = await post('/api/v1/echo', '{"name":"치킨"}')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ name: '치킨', count: 1 })
  })

  it.each([
    ['{}', 'name', 'required'],
    ['{"name":null}', 'name', 'invalid_type'],
    ['{"name":"x"}', 'name', 'too_small'],
    ['{"name":"xxxxxx"}', 'name', 'too_big'],
    ['{"name":"xx","kind":"C"}', 'kind', 'invalid_value'],
    ['{"name":"xx","lines":[{"quantity":1},{"quantity":0}]}', 'lines.1.quantity', 'too_small'],
    ['{"name":"xx","lines":[{}]}', 'lines.0.quantity', 'required'],
    ['{"name":"xx","role":"ADMIN"}', 'role', 'unrecognized_keys'],
    ['[]', 'body', 'invalid_type'],
    ['{"name":', 'body', 'malformed_json'],
    ['{"name":"xx","name":"yy"}', 'name', 'duplicate_key'],
    ['{"name":"xx","__proto__":{}}', '__proto__', 'unrecognized_keys'],
    ['{"name":"xx","\\u005f_proto__":{}}', '__proto__', 'unrecognized_keys'],
    [nested(33), 'body', 'too_deep'],
  ])('refuses %s, naming %s as %s', async (body, field, reason) => {
    const { post } = await httpWorld(echo)
    const response = await post('/api/v1/echo', body)
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason,
      details: { field, reason, errors: [{ field, reason }] },
    })
  })

  it('names every field that is wrong', async () => {
    const { post } = await httpWorld(echo)
    const { details } = await errorOf(await post('/api/v1/echo', '{"count":0,"x":1}'))
    expect(details?.errors).toEqual([
      { field: 'name', reason: 'required' },
      { field: 'count', reason: 'too_small' },
      { field: 'x', reason: 'unrecognized_keys' },
    ])
  })

  it('takes keys and brackets inside strings for what they are', async () => {
    const { post } = await httpWorld(echo)
    const response = await post('/api/v1/echo', '{"name":"{\\"[:"}')
    expect(response.status).toBe(200)
  })

  it.each(['application/json', 'text/plain', ''])(
    'reads a body that was not sent as empty, whatever its type (%s)',
    async (type) => {
      const { ask } = await httpWorld(echo)
      const headers = type === '' ? undefined : { 'content-type': type }
      const response = await ask('/api/v1/echo', { method: 'POST', ...(headers && { headers }) })
      expect((await errorOf(response)).details?.field).toBe('name')
    },
  )

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; x',
    '',
  ])('refuses a body of another type (%s)', async (type) => {
    const { ask } = await httpWorld(echo)
    const body = new TextEncoder().encode('{"name":"xx"}')
    const headers = type === '' ? {} : { 'content-type': type }
    const response = await ask('/api/v1/echo', { method: 'POST', body, headers })
    expect(response.status).toBe(415)
    expect((await errorOf(response)).code).toBe('UNSUPPORTED_MEDIA_TYPE')
  })

  it('takes a charset', async () => {
    const { post } = await httpWorld(echo)
    const type = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await post('/api/v1/echo', '{"name":"xx"}', type)).status).toBe(200)
  })

  it('refuses one that declares more than the limit', async () => {
    const { post } = await httpWorld(echo)
    const response = await post('/api/v1/echo', LONG, { 'content-length': String(LONG.length) })
    expect(response.status).toBe(413)
    expect((await errorOf(response)).code).toBe('PAYLOAD_TOO_LARGE')
  })

  it('refuses one that streams past the limit without saying how long it is', async () => {
    const { ask } = await httpWorld(echo)
    const chunk = new TextEncoder().encode(LONG.slice(0, 300))
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(chunk)
      },
    })
    const response = await ask('/api/v1/echo', {
      method: 'POST',
      body: endless,
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(10)
  })

  it('takes a streamed body within the limit', async () => {
    const { ask } = await httpWorld(echo)
    const response = await ask('/api/v1/echo', {
      method: 'POST',
      body: new Blob(['{"name":"xx"}']).stream(),
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
  })
})

describe('asking for what is not there', () => {
  it('answers an unknown route in the envelope', async () => {
    const { ask } = await httpWorld(echo)
    const response = await ask('/api/v1/nothing')
    expect(response.status).toBe(404)
    expect(await errorOf(response)).toMatchObject({
      code: 'NOT_FOUND',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    })
  })

  it('answers a wrong method with the right ones', async () => {
    const { ask } = await httpWorld(echo)
    const response = await ask('/api/v1/echo', { method: 'DELETE' })
    expect(response.status).toBe(404)
    expect(response.headers.get('allow')).toBe('POST')
    expect((await errorOf(response)).reason).toBe('METHOD_NOT_ALLOWED')
  })
})
