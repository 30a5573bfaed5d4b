import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

/** A day as written in ISO 8601, which is meant to begin in UTC. */
export type Day = `${number}-${number}-${number}`

/** That callers should leave a route, and until when they can stay (docs/api-versions.md). */
export interface Deprecation {
  since: Day
  /** From then on it may be gone; null: no end has been set. */
  sunset: Day | null
  /** Where it is written what to call instead: an address, or a path of ours. */
  link: string
}

export function startOf(day: Day): Date {
  const start = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day)
    throw new Error(`"${day}" is not a day`)
  return start
}

/** RFC 9745 (`Deprecation` counts seconds), RFC 8594 (`Sunset` is an HTTP date), RFC 8288. */
export function deprecationHeaders({ since, sunset, link }: Deprecation): [string, string][] {
  const [start, end] = [startOf(since), sunset === null ? null : startOf(sunset)]
  if (end !== null && end <= start) throw new Error(`gone on ${sunset} but advised since ${since}`)
  const targets = ['deprecation', ...(end === null ? [] : ['sunset'])]
  return [
    ['Deprecation', `@${start.getTime() / 1_000}`],
    ...(end === null ? [] : [['Sunset', end.toUTCString()] satisfies [string, string]]),
    ['Link', targets.map((rel) => `<${link}>; rel="${rel}"; type="text/html"`).join(', ')],
  ]
}

/** Says so on every answer of the route, refusals too: who is refused should hear it as well. */
export function deprecated(deprecation: Deprecation): MiddlewareHandler<AppEnv> {
  const said = deprecationHeaders(deprecation)
  return async (c, next) => {
    await next()
    if (c.res.status === 101) return
    for (const [name, value] of said) c.header(name, value, { append: true })
  }
}

/** What the API document says of it beside `deprecated: true`. */
export const describeDeprecation = ({ since, sunset, link }: Deprecation): string =>
  `Deprecated since ${since}${sunset === null ? '' : `, gone from ${sunset}`}: ${link}`
