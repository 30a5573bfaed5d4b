import { z } from '@hono/zod-openapi'
import { expect } from 'vitest'
import { createApp } from '../../src/http/app.ts'

interface Documented {
  method: string
  pattern: RegExp
  name: string
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>
}

const escaped = (path: string): string => path.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
const patternOf = (path: string): RegExp =>
  new RegExp(`^${escaped(path).replace(/\{\w+\}/g, '[^/]+')}$`)

/** Fixed paths before those with parameters, as the router takes them. */
const routes: Documented[] = createApp()
  .openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [definition.route] : [],
  )
  .map(({ method, path, responses }) => ({
    method,
    pattern: patternOf(path),
    name: `${method} ${path}`,
    responses: responses as Documented['responses'],
  }))
  .sort((a, b) => a.name.split('{').length - b.name.split('{').length)

/**
 * Holds a real answer against what the API document says of it: its status is listed, and its body
 * is the schema's, no field more or less. Answers of pages are not looked at.
 */
export function expectDocumented(
  method: string,
  path: string,
  answer: { status: number; body: unknown },
): void {
  const route = routes.find(
    (known) => known.method === method.toLowerCase() && known.pattern.test(path),
  )
  if (route === undefined) return
  const response = route.responses[String(answer.status)]
  expect(response, `${route.name} documents ${answer.status}`).toBeDefined()
  const schema = response?.content?.['application/json']?.schema
  if (!(schema instanceof z.ZodType)) return
  const parsed = schema.safeParse(answer.body)
  expect(parsed.error?.issues ?? [], `${route.name} answers as documented`).toEqual([])
  expect(answer.body, `${route.name} answers nothing undocumented`).toEqual(parsed.data)
}
