import type { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import apiVersions from '../../docs/api-versions.md?raw'
import handbook from '../../docs/operations.md?raw'
import { METRICS } from '../../src/domain/metrics/registry.ts'
import { createApp } from '../../src/http/app.ts'
import { deprecationHeaders } from '../../src/http/deprecation.ts'
import { routesOf } from '../../src/http/route.ts'
import { deadLetterRedrive } from '../../src/http/schemas/admin.ts'
import { givenUpRetry } from '../../src/http/schemas/feed-dead.ts'
import { outboxRetry } from '../../src/http/schemas/outbox.ts'

const SOURCES = import.meta.glob<string>(['../../src/**/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** What sends many again, with what its body has to be. */
const FILTERED: Partial<Record<string, z.ZodType>> = {
  'POST /api/v1/admin/dead-letters/redrive': deadLetterRedrive,
  'POST /api/v1/admin/integrations/outbox/retry': outboxRetry,
  'POST /api/v1/admin/integrations/feed/dead/retry': givenUpRetry,
}
const allOf = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, found = '']) => found)
const quoted = (text: string): string[] => allOf(text, /`([^`\n]+)`/g)

describe('the handbook', () => {
  it('names calls that there are', () => {
    const there = routesOf(createApp()).map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const named = quoted(handbook)
      .filter((text) => /^(?:GET|POST|PUT|PATCH|DELETE) /.test(text))
      .map((call) => call.replace(/\?.*$/, ''))
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter((call) => !there.includes(call))).toEqual([])
  })

  it('gives commands for sending again that are taken as they stand', () => {
    const routes = routesOf(createApp())
    const commands = allOf(handbook, /^(curl (?:.*\\\n)*.*)$/gm).map((command) => {
      const [, method = 'GET'] = / -X (\w+)/.exec(command) ?? []
      const [, path = ''] = /"\$ORIGIN([^"]+)"/.exec(command) ?? []
      const [, body] = / -d '(.+)'/.exec(command) ?? []
      return { command, call: `${method} ${path.replaceAll('$ID', '{id}')}`, body }
    })
    for (const { call } of commands)
      expect(routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`)).toContain(call)
    for (const { command, call, body } of commands.filter(({ call }) => !call.includes('{id}'))) {
      expect(command).toContain('-H "Content-Type: application/json"')
      expect(FILTERED[call]?.safeParse(JSON.parse(body ?? 'null')).success, call).toBe(true)
    }
    expect(commands.map(({ call }) => call)).toEqual(expect.arrayContaining(Object.keys(FILTERED)))
    for (const schema of Object.values(FILTERED))
      expect(schema?.safeParse({ filter: {} }).success).toBe(true)
  })

  it('names figures that there are', () => {
    const named = quoted(handbook).filter((text) => /^[a-z]+(?:_[a-z]+)+$/.test(text))
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !Object.hasOwn(METRICS, name))).toEqual([])
  })

  it('names lines of the log that there are', () => {
    const source = Object.values(SOURCES).join('\n')
    const named = handbook
      .split('\n')
      .flatMap((row) => allOf(row, /\blines? ((?:`[a-z-]+`(?:, )?)+)/g))
      .flatMap(quoted)
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((kind) => !source.includes(`kind: '${kind}'`))).toEqual([])
  })

  it('names parts of itself that there are', () => {
    const slugs = allOf(handbook, /^#+ (.+)$/gm).map((heading) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    )
    for (const at of allOf(handbook, /\]\(#([^)]+)\)/g)) expect(slugs).toContain(at)
  })

  it('gives commands of wrangler with the environment that they are for', () => {
    const commands = allOf(handbook, /npx wrangler ([a-z][^`\n]*)/g)
    expect(commands.length).toBeGreaterThan(5)
    const without = commands.filter((command) => !/--env[= ]|…/.test(command))
    expect(without).toEqual([])
  })
})

describe('the page about versions of the API', () => {
  it('shows what a deprecated route really says', () => {
    const shown = deprecationHeaders({ since: '2026-11-20', sunset: '2027-05-20', link: '/docs' })
    for (const [name, value] of shown) expect(apiVersions).toContain(`${name}: ${value}\n`)
  })
})
