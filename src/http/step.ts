import type { Context } from 'hono'
import type { AppEnv } from './context.ts'

/** One thing a request has to pass: gives the answer that ends it here, or null and lets it on. */
export type Step = (c: Context<AppEnv, string>) => Promise<Response | null> | Response | null

/**
 * Takes a request through the steps in their order; the first answer is the answer. Most decide at once,
 * and waiting for what is there already costs a turn: a promise is given only where a step gave one.
 */
export function pass(
  c: Context<AppEnv, string>,
  steps: readonly Step[],
  from = 0,
): ReturnType<Step> {
  for (let at = from; at < steps.length; at += 1) {
    const given = steps[at]?.(c) ?? null
    if (given instanceof Promise)
      return given.then((answered) => answered ?? pass(c, steps, at + 1))
    if (given !== null) return given
  }
  return null
}
