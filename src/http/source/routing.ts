import { getPath } from 'hono/utils/url'
import type { App } from '../context.ts'
import { canonicalOf, firstWord } from '../source-paths.ts'

const bySource = new WeakSet<Request>()

/** Whether the request came by another spelling of its path than the canonical one. */
export const cameBySource = (request: Request): boolean => bySource.has(request)

/** How an app finds its canonical routes under the other spellings too. */
export function sourceRouting() {
  const words = new Set<string>()

  /** Those that canonical paths begin with are known by the routes. */
  const learn = (api: App): void => {
    for (const { path } of api.routes) words.add(firstWord(path))
  }
  /** By which method's routes a request is answered. */
  const methodFor = (method: string, path: string): string =>
    canonicalOf({ method, path }, words)?.method ?? method

  const pathOf = (request: Request): string => {
    const path = getPath(request)
    const canonical = canonicalOf({ method: request.method, path }, words)
    if (canonical === null) return path
    bySource.add(request)
    return canonical.path
  }
  return { learn, methodFor, getPath: pathOf }
}
